"""Names of persons, which stay nowhere in a plan: how they are found, forgotten, and told from posts."""
