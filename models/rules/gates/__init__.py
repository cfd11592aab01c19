"""What a stage must show before it closes."""
