"""Everything that tames the foreign library, and its only import."""
