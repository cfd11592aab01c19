"""Who decides for whom, and until when."""
