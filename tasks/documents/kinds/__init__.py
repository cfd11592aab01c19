"""What a file is, told by what it holds: read by one of the readers, or named with the next step."""
