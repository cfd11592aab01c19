"""What the window's pages show, as values, and what is done from them; who is there, and by which token."""
