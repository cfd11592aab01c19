"""A document as lines and passages of text, and how patterns over it are written."""
