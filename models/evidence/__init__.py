"""Evidence: what proves a demand, its revisions, who said what of it, and where the files lie."""
