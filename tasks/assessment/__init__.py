"""Mock assessments: lists out and back, what is drawn, looked at, written down and put together."""
