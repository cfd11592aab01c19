"""Templates that an office brings: kept, looked at, filled in where foreign files are opened."""
