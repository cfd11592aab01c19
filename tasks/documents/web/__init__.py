"""Web pages: the tree that a browser makes of them, and what it shows of it."""
