"""Tests of the ledgers of units."""
