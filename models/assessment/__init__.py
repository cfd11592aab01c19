"""Mock assessments: drills, what was drawn and marked, workpapers and results."""
