"""Targets and recurring duties."""
