"""A PDF, page by page, into lines and tables: every letter of a page in its place, or named."""
