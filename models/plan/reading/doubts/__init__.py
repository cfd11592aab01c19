"""What of a reading a person should look at before anything runs."""
