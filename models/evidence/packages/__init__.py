"""What is handed on: packages, limits, receipts, copies made for them, the archive, what changed since."""
