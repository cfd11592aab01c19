"""A unit's page: what it has to do, what it has done, what is still missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, looking_at
from models.campaign.lights import Lights
from models.campaign.listed import ListedItem, items_of_unit, lights_of
from models.evidence.listing import EvidenceLine, evidence_lines
from models.evidence.shown.asked import parts_asked
from models.figures.measuring import measured
from models.keys import key_of
from models.rules.calendar.workdays import WorkCalendar
from models.rules.evidence.asked import PartAsked
from models.rules.evidence.ledger_words import Gaps, PartShown, PieceShown, gaps_of
from models.rules.evidence.words import EvidenceState
from models.rules.lights import light_days
from models.rules.words import OFFICE, Light, MilestoneKind, Progress, Role
from models.units.numbered import names_numbered, unit_numbered
from models.units.succession import successors
from models.units.unit import Unit

OFFICES_OWN = 0  # in an address, in place of a unit: what the office has to do itself
URGENCY = (Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """An item of a unit: what it is, and for its evidence what is missing and what comes next.

    ``workdays`` are those it is late, negative those that are left; None without a day, or when it is over.
    """

    item: ListedItem
    workdays: int | None
    first_due: date | None = None  # where it was put off
    asked: PartAsked | None = None

    @property
    def lacking(self) -> str:
        """Return what is missing to show for it; empty where nothing is."""
        return self.asked.lacking_words if self.asked else ""

    @property
    def then(self) -> str:
        """Return what comes next with what has to be shown."""
        return self.asked.next_words if self.asked else ""


@dataclass(frozen=True, slots=True)
class UnitShown:
    """Everything that the page of a unit says, as it stands when it is opened.

    ``lights`` counts the same items as the board does for this unit; ``whole`` are the work items that it
    leads, each as one. ``heirs`` and ``heir`` are the units it took over from, and the one that took over.
    """

    slug: str
    address: str
    campaign: str  # what it is called
    is_demo: bool
    today: date
    unit_id: int
    unit: str
    lights: Lights
    lead: int
    counts: Sequence[tuple[Progress, int]]
    todo: Sequence[UnitLine]
    done: Sequence[UnitLine]
    whole: Sequence[UnitLine]
    pieces: Sequence[EvidenceLine]
    gaps: Gaps
    retired: bool = False
    heir: tuple[int, str] | None = None
    heirs: Sequence[str] = ()

    def waiting(self, kind: MilestoneKind) -> int:
        """Return how many milestones of ``kind`` are still to be done: problems to mend, complaints to answer."""
        return sum(line.item.kind == kind for line in self.todo)

    @property
    def finished(self) -> int:
        """Return how many items are registered as done."""
        return sum(line.item.state == Progress.DONE for line in self.done)

    @property
    def pieces_told(self) -> list[tuple[str, int]]:
        """Return how many pieces stand in which state, in the order that these come."""
        words = dict.fromkeys(piece.state_in_words for piece in self.pieces)
        return [(word, sum(p.state_in_words == word for p in self.pieces)) for word in words]

    @property
    def is_office(self) -> bool:
        """Say whether it is what the office does itself."""
        return self.unit_id == OFFICES_OWN


def unit_shown(slug: str, unit_id: int, today: date) -> UnitShown:
    """Return what the page of a unit says on ``today``, or of the office (`OFFICES_OWN`); reads only.

    What is missing is counted by the same rule as on the first page of its ledger. A constant number of
    statements. Raises NotFoundError where the campaign has no such unit.
    """
    with looking_at(slug) as (session, campaign):
        unit = None if unit_id == OFFICES_OWN else unit_numbered(session, key_of(campaign), unit_id)
        return _shown(session, campaign, unit, today)


def workdays_late(due: date | None, today: date, calendar: WorkCalendar) -> int | None:
    """Return how many working days ``due`` is past, negative how many are left; None without a day."""
    if due is None:
        return None
    return calendar.count(due, today) if due < today else -calendar.count(today, due)


def lateness(
    items: Sequence[ListedItem], today: date, calendar: WorkCalendar
) -> Mapping[date | None, int | None]:
    """Return `workdays_late` of each due day of ``items``, counted once for all that share it."""
    return {due: workdays_late(due, today, calendar) for due in {one.due for one in items}}


@dataclass(frozen=True, slots=True)
class _Handed:
    """What a unit handed in and is asked for, and whom it took over from or was succeeded by."""

    asked: Mapping[int, PartAsked] = field(default_factory=dict)
    pieces: Sequence[EvidenceLine] = ()
    owed: int = 0
    heir: tuple[int, str] | None = None
    heirs: Sequence[str] = ()


def _handed(session: Session, campaign_id: int, unit: Unit, today: date) -> _Handed:
    unit_id, after = key_of(unit), successors(session, campaign_id)
    heir = after.get(unit_id)
    before = [old for old, new in after.items() if new == unit_id]
    names = names_numbered(session, [*before, *([heir] if heir else [])])
    heirs = [names[old] for old in before]
    figures = measured(session, campaign_id, today=today, unit_id=unit_id)
    return _Handed(
        parts_asked(session, campaign_id, today, unit_id=unit_id),
        _pieces(session, campaign_id, unit_id, [unit.name, *heirs]),
        sum(line.missing for line in figures if line.unit_id == unit_id),
        (heir, names[heir]) if heir else None,
        heirs,
    )


def _shown(session: Session, campaign: Campaign, unit: Unit | None, today: date) -> UnitShown:
    campaign_id, calendar = key_of(campaign), work_calendar(session)
    unit_id = key_of(unit) if unit else None
    found = items_of_unit(session, campaign_id, unit_id, light_days(today, calendar))
    own = [one for one in found if not one.is_whole]
    handed = _handed(session, campaign_id, unit, today) if unit else _Handed()
    late = lateness(found, today, calendar)
    lines = [
        UnitLine(
            one,
            None if one.progress.is_over else late[one.due],
            one.moved_from(campaign.shifted_days),
            handed.asked.get(one.id) if one.about == "assignment" else None,
        )
        for one in found
    ]
    mine = [line for line in lines if not line.item.is_whole]
    return UnitShown(
        slug=campaign.slug,
        address=campaign.address,
        campaign=campaign.label,
        is_demo=campaign.is_demo,
        today=today,
        unit_id=unit_id or OFFICES_OWN,
        unit=unit.name if unit else OFFICE,
        lights=lights_of(own),
        lead=sum(one.role == Role.LEAD for one in own),
        counts=_counts(own),
        todo=sorted(
            (line for line in mine if not line.item.progress.is_over),
            key=lambda line: URGENCY.index(line.item.lit),
        ),
        done=[line for line in mine if line.item.progress.is_over],
        whole=[line for line in lines if line.item.is_whole] if unit else [],
        pieces=handed.pieces,
        gaps=_gaps(own, handed.pieces, today, handed.owed),
        retired=bool(unit and unit.retired),
        heir=handed.heir,
        heirs=handed.heirs,
    )


def _pieces(
    session: Session, campaign_id: int, unit_id: int, names: Sequence[str]
) -> list[EvidenceLine]:
    """Return what the units ``names`` handed in, as a ledger's first page counts it."""
    only = unit_id if len(names) == 1 else None
    lines = evidence_lines(session, campaign_id, unit_id=only)
    return [one for one in lines if one.unit in names and not one.withdrawn]


def _counts(items: Sequence[ListedItem]) -> list[tuple[Progress, int]]:
    counts = [(state, sum(one.state == state for one in items)) for state in Progress]
    return [(state, count) for state, count in counts if count]


def _gaps(
    items: Sequence[ListedItem], pieces: Sequence[EvidenceLine], today: date, owed: int
) -> Gaps:
    """Return the gaps by the rule of ledgers; a milestone has no part for which evidence is asked."""
    proved = {code for piece in pieces if piece.stands for code in piece.items}
    parts = [
        PartShown(
            one.code,
            one.role,
            one.title,
            one.due,
            one.progress,
            one.about == "milestone" or one.code in proved,
            one.is_reopened,
        )
        for one in items
    ]
    handed = [
        PieceShown(
            one.code, one.title, one.state_in_words, one.state == EvidenceState.RETURNED, one.reason
        )
        for one in pieces
    ]
    return gaps_of(parts, handed, today, owed=owed)
