"""Findings: raise them, lead them through their life, lists out and back, dispatches and their returns."""
