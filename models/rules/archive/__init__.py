"""What the archive of a campaign leaves out and why, and what an office calls what it holds."""
