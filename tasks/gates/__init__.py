"""What stands in the way of a stage, what the office vouches for, the checklists."""
