"""Questions put to leaders: codes, deputies, gates, what an answer does and undoes."""
