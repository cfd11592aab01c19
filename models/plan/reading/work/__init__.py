"""Work items, out of text and out of tables."""
