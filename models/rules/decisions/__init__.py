"""Decisions, codes, deputies, objections and confirmations, as rules."""
