"""体检: is this installation well, line by line, and what mends what is not."""
