"""Working groups: who heads them and who belongs to them."""
