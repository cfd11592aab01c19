"""Who hears when, and how fast a robot may speak."""
