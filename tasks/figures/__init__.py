"""Figures and scores of indicators, out as lists and back."""
