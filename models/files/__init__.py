"""Files of ours and of others: the home, what in it is private, whole files, YAML."""
