"""Figures: what was measured against a target, and the scores of indicators."""
