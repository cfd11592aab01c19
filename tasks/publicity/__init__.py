"""Publicity: lists out and back, what units sent, a text looked at before it goes out, incidents."""
