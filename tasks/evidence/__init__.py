"""Evidence: handed in, examined, returned or accepted, copied with personal numbers masked."""
