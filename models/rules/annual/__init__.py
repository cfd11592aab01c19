"""Annual reports: which numbers a text says, which places it leaves open, by when it is due."""
