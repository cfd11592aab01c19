"""The campaign, its stages and their moves, what is to be done, every light."""
