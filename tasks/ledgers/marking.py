"""The copy that goes back to a unit: its own workbook, the wrong cells red, and why in a column behind."""

from tasks.ledgers.outcome import LedgerOutcome
from tasks.ledgers.sheets import LEDGER, PIECES, WHY_RETURNED
from tasks.workbook.marking import marked_book


def marked_copy(one: LedgerOutcome) -> bytes | None:
    """Return a ledger with its faults marked; None where no row is wrong, or where no copy can be made."""
    if one.refused:
        return None
    places = one.opened.faults.places
    return marked_book(one.file.content, places, (LEDGER, PIECES), WHY_RETURNED)
