"""Law tests, surveys by telephone and talks: tables, queries, and the telephone numbers kept apart."""
