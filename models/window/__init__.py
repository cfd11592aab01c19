"""The window's own tables: who has an account, what was withdrawn, what works only once."""
