"""Ledgers of units: out as workbooks, back row by row."""
