"""What the office itself sets or must know: ladder, reach, switches, calendar, clock."""
