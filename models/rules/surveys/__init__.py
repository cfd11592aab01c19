"""Rules of law tests, surveys and talks: draws, marks, samples and intervals, by their arguments alone."""
