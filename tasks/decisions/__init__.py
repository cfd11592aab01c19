"""Decisions: ask them, send their codes, show them in a form, take the answer, look after their runs."""
