"""The lists of the office, out as workbooks and back: units, posts, progress, indicators.

Each module says its sheets in one place, writes them, and checks everything of a returned workbook
before its one transaction writes anything.
"""
