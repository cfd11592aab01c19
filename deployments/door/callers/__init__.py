"""Who calls, from which page and how often: the password, sessions, neighbours, what is counted."""
