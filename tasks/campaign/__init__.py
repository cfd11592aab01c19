"""The life of a campaign, its archive, and what is registered in it."""
