"""Letters and rules with their places, made a PDF that the reader of PDF takes apart like any other."""
