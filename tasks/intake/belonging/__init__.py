"""Which unit and which ledger a file that came in belongs to, whenever it came."""
