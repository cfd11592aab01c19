"""What every run needs: the clock, forms, steps, pages, the end with its service."""
