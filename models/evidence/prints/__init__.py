"""Fingerprints: by what pictures and texts that are copies of one another are found."""
