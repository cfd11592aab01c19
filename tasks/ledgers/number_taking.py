"""Take the numbers of ledgers in: read those of one, register those of all."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from models.figures.measuring import measure
from models.figures.setting import set_scores
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE
from tasks.ledgers.number_rows import NumberRows, NumbersKept
from tasks.ledgers.outcome import LedgerOutcome


def read_numbers(one: LedgerOutcome, kept: NumbersKept, today: date) -> None:
    """Keep what a ledger says of numbers; the next one of the same call finds it registered."""
    parts = {code: row.part_id for (code, _), row in one.sent.rows.items()}
    one.numbers = NumberRows(one.opened, one.unit, parts, kept, today).said()
    one.rows += one.numbers.rows
    one.bad_rows = len({(each.sheet, each.row) for each in one.opened.faults.places})


def store_numbers(
    session: Session, campaign_id: int, taken: Sequence[LedgerOutcome], moment: Moment
) -> None:
    """Register the numbers of all ledgers, each under its unit's liaison; a constant number of statements."""
    figures = [new for one in taken for new in one.numbers.figures]
    scores = [new for one in taken for new in one.numbers.scores]
    if figures:
        measure(session, campaign_id, figures, OFFICE, moment)
    if scores:
        set_scores(session, campaign_id, scores, OFFICE, moment)
