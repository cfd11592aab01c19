"""An item's page: what it is, who has a part in it, why its light is what it is, and its whole history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, looking_at
from models.campaign.listed import ListedItem, items_in
from models.campaign.subjects import Subject, owners_of, subject_named
from models.errors import NotFoundError
from models.evidence.shown.asked import parts_asked
from models.evidence.shown.lit import parts_lit
from models.findings.listing import cited_by
from models.keys import key_of
from models.notices.trail import trails
from models.rules.calendar.workdays import WorkCalendar
from models.rules.evidence.asked import AskedPiece, PartAsked
from models.rules.lights import LightDays, light_days
from models.units.numbered import unit_numbered
from tasks.notices.why import explained
from tasks.window.findings import FindingRow, finding_rows
from tasks.window.item_history import HistoryLine, NoticeLine, history_of, notice_line
from tasks.window.unit import lateness


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A unit's part in an item (or the item itself, of which nobody has parts), as its page shows it.

    ``workdays`` are those it is late, negative those that are left. ``lit`` says why its light is what it
    is, each under its head; only a part that is shown alone has it.
    """

    item: ListedItem
    workdays: int | None
    first_due: date | None = None  # where it was put off
    asked: PartAsked | None = None
    lit: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class ItemShown:
    """Everything that the page of an item says, of one unit's part or of all of it.

    ``whole`` is the item as one, None for an indicator. ``why`` is what became of the word about it today.
    """

    slug: str
    address: str
    campaign: str  # what it is called
    is_demo: bool
    today: date
    code: str
    title: str
    unit_id: int | None
    unit: str  # whose part is shown, empty for all of it
    owners: Sequence[str]
    whole: ShownPart | None
    parts: Sequence[ShownPart]
    why: str
    history: Sequence[HistoryLine]
    notices: Sequence[NoticeLine]
    findings: Sequence[FindingRow] = ()  # that belong to it

    @property
    def pieces(self) -> Sequence[AskedPiece]:
        """Return the pieces handed in for what is shown, each once, by number."""
        found = {
            piece.number: piece for one in self.parts if one.asked for piece in one.asked.pieces
        }
        return [found[number] for number in sorted(found)]

    @property
    def first(self) -> ShownPart:
        """Return the part that the head of the page speaks of."""
        return self.whole or self.parts[0]

    @property
    def has_parts(self) -> bool:
        """Say whether units have parts of it."""
        return any(one.item.about == "assignment" for one in self.parts)


def item_shown(slug: str, code: str, today: date, unit_id: int | None = None) -> ItemShown:
    """Return what the page of ``code`` says on ``today``, of the part of ``unit_id`` where it is given.

    Reads only; a constant number of statements. Raises NotFoundError for a code that names nothing, and
    for a unit that has no part in it.
    """
    with looking_at(slug) as (session, campaign):
        found = _found(session, key_of(campaign), code, unit_id)
        if not found.rows:
            raise NotFoundError(f"{found.name} 已不在方案里，也没有分给哪个单位")
        return _shown(session, campaign, found, unit_id, today)


def _found(session: Session, campaign_id: int, code: str, unit_id: int | None) -> Subject:
    found = subject_named(session, campaign_id, code)
    if unit_id is None:
        return found
    unit = unit_numbered(session, campaign_id, unit_id)
    return subject_named(session, campaign_id, f"{found.name}/{unit.name}")


def _shown(
    session: Session, campaign: Campaign, found: Subject, unit_id: int | None, today: date
) -> ItemShown:
    campaign_id, calendar = key_of(campaign), work_calendar(session)
    items = items_in(session, campaign_id, found.rows, light_days(today, calendar))
    parts = [id_ for kind, id_ in found.rows if kind == "assignment"]
    asked = parts_asked(session, campaign_id, today, parts=parts) if parts else {}
    said = trails(session, campaign_id, found.rows, today)
    late = lateness(items, today, calendar)
    lines = [
        ShownPart(
            one,
            None if one.progress.is_over else late[one.due],
            one.moved_from(campaign.shifted_days),
            asked.get(one.id) if one.about == "assignment" else None,
        )
        for one in items
    ]
    if unit_id is not None:
        lines = _with_reasons(session, campaign_id, lines, light_days(today, calendar))
    pieces = [piece.code for one in asked.values() for piece in one.pieces]
    history = history_of(session, campaign_id, found, items, pieces)
    whole = [one for one in lines if one.item.about == "milestone"]
    notices = sorted(said, key=lambda one: one.day, reverse=True)
    return ItemShown(
        slug=campaign.slug,
        address=campaign.address,
        campaign=campaign.label,
        is_demo=campaign.is_demo,
        today=today,
        code=found.name.partition("/")[0],
        title=found.title,
        unit_id=unit_id,
        unit=items[0].unit if unit_id is not None else "",
        owners=owners_of(session, found),
        whole=whole[0] if whole else None,
        parts=[one for one in lines if one.item.about == "assignment"],
        why=explained(session, campaign, found, today, said, plainly=True).words,
        history=history,
        notices=[notice_line(one, found) for one in notices],
        findings=_findings(session, campaign_id, found, unit_id, today, calendar),
    )


def _findings(
    session: Session,
    campaign_id: int,
    found: Subject,
    unit_id: int | None,
    today: date,
    calendar: WorkCalendar,
) -> list[FindingRow]:
    """Return the problems that belong to the item, or those of them that are one unit's."""
    lines = cited_by(session, campaign_id, found.name.partition("/")[0])
    own = [one for one in lines if unit_id in (None, one.unit_id)]
    return finding_rows(own, today, calendar)


def _with_reasons(
    session: Session, campaign_id: int, lines: Sequence[ShownPart], days: LightDays
) -> list[ShownPart]:
    """Return ``lines``, parts of one unit, each with why its light is what it is."""
    parts = [one.item.id for one in lines if one.item.about == "assignment"]
    proving = {
        one.item.id: [piece.code for piece in one.asked.pieces] for one in lines if one.asked
    }
    lit = parts_lit(session, campaign_id, days, parts, proving)
    told = {id_: tuple(one.lines) for id_, one in lit.items()}
    return [replace(one, lit=told.get(one.item.id, ())) for one in lines]
