"""What a returned ledger does not say plainly: guessed where only one thing can be meant, and said."""
