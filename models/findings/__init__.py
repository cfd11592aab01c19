"""Findings: problems, complaints and suggestions, what became of each, and the dispatches that urge them."""
