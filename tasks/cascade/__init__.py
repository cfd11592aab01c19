"""City and county: a campaign under another, its progress, items handed down."""
