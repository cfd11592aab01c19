"""What each kind of stage looks for beyond its gate."""
