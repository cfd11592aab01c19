"""Any file an office sends, read into the lines of a document."""
