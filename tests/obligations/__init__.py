"""What the five documents oblige an office to do, one by one, and what of the product serves each."""
