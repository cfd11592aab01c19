"""The chain: its entries, heads and key, the facts it covers, its check and replay."""
