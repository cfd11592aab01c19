"""The patrol and what is shown of it."""
