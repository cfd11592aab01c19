"""What each kind of stage asks of the tables beyond its gate."""
