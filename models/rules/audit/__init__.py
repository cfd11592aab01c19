"""What the chain says and covers, in words and as keys."""
