"""Links of evidence: fetched under guard, kept as they were, looked at again."""
