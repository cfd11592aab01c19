"""The schema's history. A change to a table comes with a new file in `versions/`."""
