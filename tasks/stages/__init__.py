"""What each kind of stage looks at in the morning, as chapters of its page."""
