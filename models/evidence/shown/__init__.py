"""What people see of evidence: where every unit stands, what an item asks for, what is told."""
