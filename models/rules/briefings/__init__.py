"""When a briefing is drafted and how its issues are numbered."""
