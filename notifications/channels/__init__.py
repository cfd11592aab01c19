"""Which channels there are, one after another or at once, and the knock at their door."""
