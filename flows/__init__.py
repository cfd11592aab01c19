"""What happens, in order. Flows meet in the database, never by calling each other."""
