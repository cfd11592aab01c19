"""Campaigns under campaigns: how a county stands below its city, and what was handed down to it."""
