"""Words, and getting them to people."""
