"""Files of evidence looked into, many in one guarded process: kind, days, text, secrets, personal numbers."""
