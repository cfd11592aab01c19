"""The stages of a plan and when they run."""
