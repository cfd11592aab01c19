"""Who is told what, what covers it, how it leaves, what became of it."""
