"""A document as a whole: its head, its parts, its chapters, what kind it is."""
