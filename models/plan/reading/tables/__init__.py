"""Tables: their heads, their rows, and what their columns mean."""
