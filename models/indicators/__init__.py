"""Indicator systems as documents say them: read into a tree, checked by their own numbers."""
