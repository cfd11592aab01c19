"""Packages for the application system and for the archive; what was uploaded; handing over."""
