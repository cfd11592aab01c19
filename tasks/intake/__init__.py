"""What comes in: by folder, by mail, in archives; told apart, kept as received, answered."""
