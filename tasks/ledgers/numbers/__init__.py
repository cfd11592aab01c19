"""Figures and self scores in a unit's ledger: laid out, read back, registered, and where versions disagree."""
