"""Pictures looked at by a machine: their size, day, fingerprints, sharpness, and whether they show a screen."""
