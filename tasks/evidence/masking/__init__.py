"""Masked copies of evidence: personal numbers are taken out, not covered; in the guarded process."""
