"""What a campaign has in every table, to be put away."""
