"""Units, their names and posts; who follows whom, who is gone."""
