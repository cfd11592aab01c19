"""How Shifan is started and operated."""
