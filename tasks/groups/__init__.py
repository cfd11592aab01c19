"""Groups: shown on a day, changed, exported and taken back, their documents."""
