"""The patrol of a whole province: which campaigns it is of, and what it came to."""
