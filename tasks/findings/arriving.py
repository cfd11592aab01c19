"""Ledgers of rectification that come in by folder or mail: known by what stands in them, taken as by command."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.database import open_session
from models.errors import CampaignError, PlanError
from models.findings.known import KnownUnits, finding_units
from models.findings.listing import finding_lines
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception, Via
from models.rules.words import Level
from tasks.findings.finding_sheets import LEDGER
from tasks.findings.list_taking import FindProof, take_list
from tasks.findings.proofs import ProofFile
from tasks.guarded.many import ManyWorker
from tasks.intake.arrived import Arrived, TakenIn
from tasks.intake.belonging.addresses import units_at
from tasks.ledgers.piece_rows import FindFile, by_plain_name, nothing_waits, plain_file
from tasks.ledgers.sheets import WHY_RETURNED, as_returned
from tasks.lists.belonging import RECTIFICATION, campaign_of_book
from tasks.workbook.cells import as_code, as_text
from tasks.workbook.marking import marked_book
from tasks.workbook.opening import reading_many
from tasks.workbook.outside import words_outside
from tasks.workbook.reading import Book, book_of

_WITHIN = 3  # rows in which the title stands
_TITLED = re.compile(f"[：:]{RECTIFICATION}[（(](?P<unit>[^，,）)]+)[，,]")
# The columns by which rows that were copied into another workbook are known.
_COLUMNS = [
    re.compile(rf">\s*{name}\s*<")
    for name in ("编号", "承诺日期", "整改措施和结果", "不认领的理由")
]


@dataclass(frozen=True, slots=True)
class RectificationBack:
    """A unit's ledger as it came in, the files beside it, the row of its arrival, and what came before it."""

    file: Arrived
    beside: Sequence[Arrived]
    received_id: int
    waiting: FindFile = nothing_waits
    begun: bool = False  # by a run that did not come to its end


def is_rectification(content: bytes) -> bool:
    """Say whether a workbook is a unit's ledger of rectification: by its title, else by its columns' names.

    A cheap look from outside. One that was saved as .xls or .ods is one, too: whoever opens it says what
    to do.
    """
    book = words_outside(content)
    if book.old:
        return book.says(RECTIFICATION) and book.says("不认领的理由")
    texts = (*book.words, book.ods)
    return any(_TITLED.search(text) or all(c.search(text) for c in _COLUMNS) for text in texts)


def take_rectifications(
    slug: str | None, returned: Sequence[RectificationBack], moment: Moment
) -> list[TakenIn]:
    """Take ledgers in one by one, in their order, and return what became of each; never raises for one.

    What stands in one is its unit's word. One with a fault is not taken at all and goes back with its wrong cells
    red. The same again changes nothing; killed midway, the same call takes the rest.
    """
    with reading_many() as reader:
        return [_taken(slug, one, moment, reader) for one in returned]


def _taken(
    slug: str | None, back: RectificationBack, moment: Moment, reader: ManyWorker
) -> TakenIn:
    book: Book | None = None
    whose = _Whose()
    try:
        book = book_of(back.file.name, back.file.content, (as_returned(LEDGER),), many=reader)
        whose = _whose(slug, book, back.file)
        taken = take_list(
            whose.slug, book, f"{whose.unit}{Level.LIAISON.chinese}", _finder(back, whose), moment,
            via=back.file.via,
        )  # fmt: skip
    except CampaignError as error:
        faults = error.faults if isinstance(error, PlanError) else [str(error)]
        marked = _marked(back.file.content, book) if book else None
        return _told(back, whose, Reception.REFUSED, faults, marked)
    notes = [f"注意：{note}" for note in taken.loaded.notes]
    begun = "，接着上次没有办完的，那时登记的都在" if back.begun else ""
    lines = [f"整改台账已登记{begun}：{taken.loaded.line.partition('：')[2]}", *notes]
    one = _told(back, whose, Reception.TAKEN, lines)
    return TakenIn(
        one.name, one.reception, one.lines, unit=one.unit, received_id=one.received_id,
        pieces=taken.pieces, unsure=bool(notes), campaign_id=taken.campaign_id, ours=True,
    )  # fmt: skip


def _told(
    back: RectificationBack,
    whose: "_Whose",
    word: Reception,
    lines: Sequence[str],
    marked: bytes | None = None,
) -> TakenIn:
    return TakenIn(
        back.file.name, word, tuple(lines), marked, whose.unit, back.received_id,
        campaign_id=whose.campaign_id, ours=True,
    )  # fmt: skip


def _marked(content: bytes, book: Book) -> bytes | None:
    return marked_book(content, book.faults.places, (LEDGER,), WHY_RETURNED)


@dataclass(frozen=True, slots=True)
class _Whose:
    """The campaign and the unit that a ledger is of, as far as that is known."""

    slug: str | None = None
    campaign_id: int | None = None
    unit: str = ""


def _whose(slug: str | None, book: Book, file: Arrived) -> _Whose:
    """Return whose a ledger is: as its title says, else the one unit whose findings stand in it.

    Of a unit that was merged it is its heir's. Raises PlanError where nobody can tell, or where it came from
    the address of another unit.
    """
    with open_session(read_only=True) as session:
        campaign = campaign_of_book(session, slug, book)
        campaign_id = key_of(campaign)
        units = finding_units(session, campaign_id)
        named = _titled_unit(book)
        if named and named not in units.ids:
            raise PlanError(book.name, [f"创建活动里没有名为“{named}”的单位，不知道是谁的整改台账"])
        unit = _now(units, named) if named else _unit_of_rows(session, campaign_id, book)
        if not unit:
            raise PlanError(book.name, ["看不出是哪个单位的整改台账，请用创建办发的台账填写"])
        senders = _senders(file, session, campaign_id)
        if senders and unit not in {_now(units, one) for one in senders}:
            said = "、".join(senders)
            raise PlanError(book.name, [f"发件地址是{said}的，不能交{unit}的整改台账"])
        return _Whose(campaign.slug, campaign_id, unit)


def _now(units: KnownUnits, name: str) -> str:
    return units.names.get(units.now(units.ids.get(name)) or 0, "")


def _titled_unit(book: Book) -> str:
    cells = (
        as_text(cell) for page in book.pages for line in page.grid[:_WITHIN] for cell in line[:1]
    )
    return next((found["unit"] for cell in cells if (found := _TITLED.search(cell))), "")


def _unit_of_rows(session: Session, campaign_id: int, book: Book) -> str:
    """Return the unit that has every finding of a ledger without a title; empty for several, or none."""
    has = {line.code: line.unit for line in finding_lines(session, campaign_id)}
    codes = {
        as_code(cell) for page in book.pages for line in page.grid for cell in line[:1] if cell
    }
    found = {has[code] for code in codes if code in has}
    return found.pop() if len(found) == 1 else ""


def _senders(file: Arrived, session: Session, campaign_id: int) -> Collection[str]:
    """Return the units whose address a workbook came from; none for one that came by the folder."""
    if file.via is not Via.MAIL or not file.sender:
        return ()
    return units_at(session, campaign_id, [file.sender]).get(file.sender, ())


def _finder(back: RectificationBack, whose: _Whose) -> FindProof:
    """Return what finds the files that a ledger names: those that came along, else what its unit sent before."""
    beside = by_plain_name(back.beside)

    def find(code: str, name: str) -> Sequence[ProofFile]:
        found = beside.get(plain_file(name)) or back.waiting(name, whose.unit, whose.campaign_id)
        return [ProofFile(code, name, content=one.content) for one in found]

    return find
