"""Law tests, surveys and talks: lists out and back, papers, call lists, and what they come to."""
