"""Plans loaded, reviewed in Excel, and the demonstration."""
