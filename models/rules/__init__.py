"""Rules: functions of their arguments. No clock, no session, no settings, no library of facts."""
