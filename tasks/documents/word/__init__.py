"""Word files: what each paragraph, table, box and note of the paper says."""
