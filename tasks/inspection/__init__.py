"""Inspection: the arrangement, the plan of visits, checklists out and results back."""
