"""What goes in and comes out where evidence is handed in; values that ledgers, commands and mail share."""

from models.rules.evidence.pieces import NewEvidence, PieceTaken

__all__ = ["NewEvidence", "PieceTaken"]
