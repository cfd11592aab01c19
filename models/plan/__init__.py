"""The plan: its schema, its contradictions, and reading it from an official document."""
