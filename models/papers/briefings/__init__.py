"""Briefings: what units sent, what was done, the issues and their numbers."""
