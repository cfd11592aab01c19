"""The annual report: written from a year of data, and its numbers checked against the tables."""
