"""What came in: files and mails, each as it was received, and what became of it."""
