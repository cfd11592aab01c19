"""Days, periods and the words that name them."""
