"""The commands of `shifan`, one module each, without the command line around them."""
