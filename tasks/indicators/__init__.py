"""Indicator systems read from documents and workbooks, for a person to correct and take in."""
