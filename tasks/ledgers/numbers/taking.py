"""Take the numbers of ledgers in: read those of one, register those of all."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from models.figures.measuring import measure
from models.figures.setting import set_scores
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE
from tasks.ledgers.holders import Holders
from tasks.ledgers.numbers.rows import NumberRows, NumbersKept
from tasks.ledgers.outcome import LedgerOutcome
from tasks.ledgers.rows import bad_rows


def read_numbers(one: LedgerOutcome, kept: NumbersKept, holders: Holders, today: date) -> None:
    """Keep what a ledger says of numbers; the next one of the same call finds it registered."""
    one.numbers = NumberRows(one.opened, one.sent_to, kept, holders, today).said()
    one.rows += one.numbers.rows
    one.bad_rows = len(bad_rows(one.opened))


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
