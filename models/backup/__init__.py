"""Which database this is, and how a copy of it takes its place."""
