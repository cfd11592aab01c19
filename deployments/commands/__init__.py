"""The commands of `shifan`, one module a word."""
