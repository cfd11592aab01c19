"""Rules of inspection: which team visits which unit on which day, and why there may be no such plan; pure."""
