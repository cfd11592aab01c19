"""The work calendar, and the clock that is watched."""
