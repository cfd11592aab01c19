"""Numbered headings and what stands under them, as a tree."""
