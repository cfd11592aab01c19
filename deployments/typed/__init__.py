"""What may be typed at a command, within bounds."""
