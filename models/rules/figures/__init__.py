"""Rules of figures: targets, rounding, scores; pure."""
