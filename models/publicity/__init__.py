"""Publicity: duties of units and what they sent, venues, items, wordings, incidents, slogans."""
