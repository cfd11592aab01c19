"""The vault: files by their SHA-256, and whether it still holds them."""
