"""One message: its text, its length, its masks, its target, its answer."""
