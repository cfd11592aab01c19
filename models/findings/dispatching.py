"""Number dispatches without gaps, keep what each urges and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from models.audit.chain import NewEntry, record
from models.database import found_as, insert_rows
from models.errors import NotFoundError, ProgressError
from models.findings.dispatch import Dispatch, DispatchItem
from models.findings.rules_set import finding_rules
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.findings.numbers import DispatchState, number_in_words, number_named

_LINES = """
    SELECT d.id, d.year, d.number, d.name, u.name AS unit, d.level, d.sender, d.issued_on, d.answer_by,
           d.state, d.returned_name, d.settled_on, d.settled_by, d.settled_why,
           (SELECT count(*) FROM dispatch_item i WHERE i.dispatch_id = d.id) AS items,
           coalesce((SELECT max(r.detail) FROM received_file r WHERE r.campaign_id = d.campaign_id
               AND r.sha256 = d.returned_sha256 AND r.kind = 'return-unsure'), '') AS doubt
    FROM dispatch d JOIN unit u ON u.id = d.unit_id
    WHERE d.campaign_id = :campaign ORDER BY d.year, d.number"""


class NumberTaken(Exception):  # noqa: N818 - no fault of anybody's: whoever meets it takes the next
    """Somebody issued a dispatch under this number meanwhile."""


@dataclass(frozen=True, slots=True)
class NewDispatch:
    """A dispatch that goes out: its number in the year, to which unit, at which level, by when answered, about what."""

    number: int
    unit_id: int
    level: str
    sender: str
    answer_by: date
    codes: Sequence[str]
    by_post: str
    paper_sha256: str = ""


@dataclass(frozen=True, slots=True)
class DispatchLine:
    """A dispatch as it is listed; void ones too."""

    id: int
    year: int
    number: int
    name: str
    unit: str
    level: str
    sender: str
    issued_on: date
    answer_by: date
    state: str
    returned_name: str
    settled_on: date | None
    settled_by: str
    settled_why: str
    items: int
    doubt: str  # what was said of a return that may be no scan

    @property
    def state_in_words(self) -> str:
        """Return where it stands."""
        return DispatchState(self.state).chinese


def next_number(session: Session, campaign_id: int, year: int) -> tuple[int, str]:
    """Return the number that the next dispatch of ``year`` bears, and how it is written."""
    last = session.exec(
        select(func.max(Dispatch.number)).where(
            Dispatch.campaign_id == campaign_id, Dispatch.year == year
        )
    ).one()
    number = (last or 0) + 1
    return number, number_in_words(
        finding_rules(session, campaign_id).dispatch_number, year, number
    )


def last_dispatch(session: Session, campaign_id: int, unit_id: int) -> Dispatch | None:
    """Return the newest dispatch to a unit that is not void; None where there is none."""
    query = select(Dispatch).where(
        Dispatch.campaign_id == campaign_id,
        Dispatch.unit_id == unit_id,
        Dispatch.state != DispatchState.VOID,
    )
    return session.exec(query.order_by(col(Dispatch.id).desc()).limit(1)).first()


def issue_dispatch(session: Session, campaign_id: int, new: NewDispatch, moment: Moment) -> str:
    """Keep a dispatch under its number, with its entry; return the number as it is written.

    Called in the transaction that keeps its paper. Raises NumberTaken where that is not the next number any
    more: the paper bears another then, and whoever wrote it writes it anew.
    """
    today = moment.today
    number, name = next_number(session, campaign_id, today.year)
    if number != new.number:
        raise NumberTaken
    row = Dispatch(
        campaign_id=campaign_id,
        unit_id=new.unit_id,
        year=today.year,
        number=number,
        name=name,
        level=new.level,
        sender=new.sender,
        issued_on=today,
        issued_by=new.by_post,
        answer_by=new.answer_by,
        paper_sha256=new.paper_sha256,
    )
    session.add(row)
    session.flush()
    codes = list(dict.fromkeys(new.codes))
    items = [DispatchItem(dispatch_id=key_of(row), code=code) for code in codes]
    insert_rows(session, DispatchItem, items)
    facts = {"number": name, "due": new.answer_by, "sender": new.sender, "items": codes}
    record(session, campaign_id, moment, NewEntry(new.by_post, "dispatch-issued", name, facts))
    return name


def dispatch_lines(session: Session, campaign_id: int) -> list[DispatchLine]:
    """Return every dispatch in the order of the numbers, void ones too; one statement."""
    return found_as(session, DispatchLine, _LINES, {"campaign": campaign_id})


def urged_by(session: Session, dispatch_id: int) -> list[str]:
    """Return the codes of what a dispatch urges."""
    query = select(DispatchItem.code).where(DispatchItem.dispatch_id == dispatch_id)
    return list(session.exec(query.order_by(col(DispatchItem.id))))


def dispatch_named(session: Session, campaign_id: int, name: str) -> Dispatch:
    """Return the dispatch of that number, however it is typed (督办〔2026〕3号, 2026-3); raises NotFoundError."""
    form = finding_rules(session, campaign_id).dispatch_number
    meant = number_named(name, form) or number_named(name, "{year}{number}")
    exact = select(Dispatch).where(Dispatch.campaign_id == campaign_id)
    found = session.exec(exact.where(Dispatch.name == name.strip())).first()
    if found is None and meant:
        year, number = meant
        found = session.exec(exact.where(Dispatch.year == year, Dispatch.number == number)).first()
    if found is None:
        raise NotFoundError(
            f"没有编号为“{shown(name)}”的督办单，全部编号见 shifan findings dispatches list"
        )
    return found


def note_return(
    session: Session, row: Dispatch, returned: tuple[str, str], by_post: str, moment: Moment
) -> bool:
    """Keep that ``returned`` (hash in the vault, name of the file) came back; say whether that is new.

    It counts when a person has confirmed it. Raises ProgressError for one that is done with or void.
    """
    sha256, name = returned
    if row.returned_sha256 == sha256 and row.state != DispatchState.ISSUED:
        return False  # one that was refused may be brought again
    if row.state in (DispatchState.ANSWERED, DispatchState.VOID):
        state = DispatchState(row.state).chinese
        raise ProgressError(f"{row.name} {state}，不再收回件；收错了的请联系创建办")
    row.state, row.returned_sha256 = DispatchState.RETURNED.value, sha256
    row.returned_name, row.returned_at = name, moment.now
    session.add(row)
    facts = {"file": name, "sha256": sha256}
    said = NewEntry(by_post, "dispatch-returned", row.name, facts)
    record(session, row.campaign_id, moment, said)
    return True
