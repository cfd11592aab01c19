"""Briefings: items taken in, a draft every week, numbered when a person confirms it."""
