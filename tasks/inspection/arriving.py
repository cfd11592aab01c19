"""Results of visits that come in by folder or mail: known by what stands in the workbook, taken as by command."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from sqlmodel import Session

from models.errors import CampaignError, PlanError
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception, Via
from tasks.guarded.many import ManyWorker
from tasks.inspection.result_sheets import VISITS
from tasks.inspection.results import marked_results, results_book, take_results
from tasks.intake.arrived import Arrived, TakenIn
from tasks.intake.belonging.addresses import units_at
from tasks.lists.belonging import VISIT_RESULTS
from tasks.workbook.opening import reading_many
from tasks.workbook.outside import words_outside
from tasks.workbook.reading import Book

NOTHING_FILLED = "里面没有填好的走访：请填走访日期、走访人和结论再交"
_TITLED = re.compile(f"[：:]{VISIT_RESULTS}[（(]")
# The columns by which rows that were copied into another workbook are known.
_COLUMNS = [re.compile(rf">\s*{name}\s*<") for name in ("编号", "走访日期", "走访人", "结论")]


@dataclass(frozen=True, slots=True)
class ResultsBack:
    """A team's workbook as it came in, and the row of its arrival."""

    file: Arrived
    received_id: int


def is_visit_results(content: bytes) -> bool:
    """Say whether a workbook is a team's: by the title above its rows, else by the names of its columns.

    A cheap look from outside. One that was saved as .xls or .ods is one, too: whoever opens it says what
    to do.
    """
    book = words_outside(content)
    if book.old:
        return book.says(VISIT_RESULTS) and book.says(VISITS.columns[4].name)
    texts = (*book.words, book.ods)
    return any(_TITLED.search(text) or all(c.search(text) for c in _COLUMNS) for text in texts)


def take_visit_books(
    slug: str | None, returned: Sequence[ResultsBack], moment: Moment
) -> list[TakenIn]:
    """Take workbooks in one by one, in their order, and return what became of each; never raises for one.

    A workbook with a fault is not taken at all and goes back with its wrong cells red. The same again
    changes nothing; killed midway, the same call takes the rest.
    """
    with reading_many() as reader:
        return [_taken(slug, one, moment, reader) for one in returned]


def _taken(slug: str | None, back: ResultsBack, moment: Moment, reader: ManyWorker) -> TakenIn:
    book: Book | None = None
    try:
        book = results_book(back.file.name, back.file.content, reader)
        taken = take_results(slug, book, moment, partial(_senders, back.file))
    except CampaignError as error:
        faults = error.faults if isinstance(error, PlanError) else [str(error)]
        marked = marked_results(back.file.content, book) if book else None
        return _refused(back, faults, marked)
    if not taken.outcomes:
        return _refused(back, [NOTHING_FILLED], None, taken.campaign_id)
    came = [f"{o.code} {o.found}" for o in taken.outcomes]
    lines = (f"走访结果已登记：{'；'.join(came)}", *(f"注意：{note}" for note in book.notes()))
    return TakenIn(
        back.file.name,
        Reception.TAKEN,
        lines,
        received_id=back.received_id,
        campaign_id=taken.campaign_id,
        unsure=len(lines) > 1,
        ours=True,
    )


def _refused(
    back: ResultsBack, faults: Sequence[str], marked: bytes | None, campaign_id: int | None = None
) -> TakenIn:
    return TakenIn(
        back.file.name,
        Reception.REFUSED,
        tuple(faults),
        marked,
        received_id=back.received_id,
        campaign_id=campaign_id,
        ours=True,
    )


def _senders(file: Arrived, session: Session, campaign_id: int) -> Collection[str]:
    """Return the units whose address a workbook came from; none for one that came by the folder."""
    if file.via is not Via.MAIL or not file.sender:
        return ()
    return units_at(session, campaign_id, [file.sender]).get(file.sender, ())
