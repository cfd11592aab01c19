"""Inspection: teams, rounds, visits, and what a visit found."""
