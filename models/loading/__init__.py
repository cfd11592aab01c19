"""A plan and the lists of the office into tables, with what changed."""
