"""Until when a work item is due."""
