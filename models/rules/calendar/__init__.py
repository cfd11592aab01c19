"""Days, working days, hours, and whether a clock can be believed."""
