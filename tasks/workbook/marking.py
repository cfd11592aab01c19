"""The copy of a workbook that goes back: the sender's own, the wrong cells red, and why in a column behind."""

import marshal
from collections.abc import Sequence

from models.errors import CampaignError
from tasks.guarded.guard import worker
from tasks.workbook.declaring import Kind, Sheet
from tasks.workbook.rows import FaultPlace

MOST_MARKED = 2_000  # faults


def marked_book(
    content: bytes, places: Sequence[FaultPlace], sheets: Sequence[Sheet], why: str
) -> bytes | None:
    """Return ``content`` with the faults at ``places`` marked; None where there are none, or no copy can be made.

    ``why`` heads the column that explains them. It is made where foreign files are opened: in a process
    under limits.
    """
    if not places:
        return None
    faults = [(one.sheet, one.row, one.column, one.words) for one in places[:MOST_MARKED]]
    days = [c.name for sheet in sheets for c in sheet.columns if c.kind is Kind.DAY]
    message = marshal.dumps((content, faults, days, why))
    try:
        with worker("tasks.workbook.marked:marked") as reader:
            return next((bytes(part) for part in reader.parts(message)), None)
    except CampaignError:
        return None
