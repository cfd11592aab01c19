"""Ledgers: what went out to which unit, what came back, and where two versions disagree."""
