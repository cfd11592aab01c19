"""The facts: tables with their queries, and the pure rules over them.

Importing this package costs nothing: tables are in `models.tables`, so that settings, errors, rules and
the reader of plans come without SQLAlchemy (`shifan --help` in a blink).
"""
