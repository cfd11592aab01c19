"""The copy that goes back to a unit: its own workbook, the wrong cells red, and why in a column behind."""

import marshal

from models.errors import CampaignError
from tasks.guarded.guard import worker
from tasks.ledgers.outcome import LedgerOutcome
from tasks.ledgers.sheets import LEDGER, PIECES, WHY_RETURNED
from tasks.workbook.declaring import Kind

MOST_MARKED = 2_000  # faults


def marked_copy(one: LedgerOutcome) -> bytes | None:
    """Return a ledger with its faults marked; None where no row is wrong, or where no copy can be made.

    It is made where foreign files are opened: in a process under limits.
    """
    if one.refused or not one.opened.faults.places:
        return None
    faults = [
        (each.sheet, each.row, each.column, each.words)
        for each in one.opened.faults.places[:MOST_MARKED]
    ]
    days = [
        column.name
        for sheet in (LEDGER, PIECES)
        for column in sheet.columns
        if column.kind is Kind.DAY
    ]
    message = marshal.dumps((one.file.content, faults, days, WHY_RETURNED))
    try:
        with worker("tasks.workbook.marked:marked") as reader:
            return next((bytes(part) for part in reader.parts(message)), None)
    except CampaignError:
        return None
