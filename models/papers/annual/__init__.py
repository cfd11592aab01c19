"""What an annual report quotes: the figures of a year, each with the rows that were counted."""
