"""Items with what a page says of each: those of one unit, of the office, or the parts of one item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.campaign.about import ASSIGNED_CODE
from models.campaign.lights import LIGHT_CASE, Lights
from models.campaign.work import parts_in
from models.database import found_as
from models.rules.calendar.days import days_after
from models.rules.lights import LightDays
from models.rules.words import OFFICE, OWN_KINDS, Light, MilestoneKind, Progress, Role

_ASSIGNED = f"""
    SELECT 'assignment' AS about, a.id, a.unit_id, u.name AS unit, {ASSIGNED_CODE} AS code,
           coalesce(w.title, i.title) AS title, coalesce(w.section, p.title, '') AS section, a.role,
           'work_item' AS kind, a.due, a.original_due, a.state,
           {LIGHT_CASE.format(t="a")} AS light, a.done_on, a.by_post, a.note,
           coalesce(w.deadline_raw, '') AS deadline_raw, a.withdrawn,
           coalesce(w.ordinal, 1000000) AS position, coalesce(i.id, 0) AS place
    FROM assignment a
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    LEFT JOIN indicator p ON p.id = i.parent_id
    WHERE a.campaign_id = :campaign AND {{which}}"""  # noqa: S608
_OWN = f"""
    SELECT 'milestone', m.id, m.unit_id, coalesce(u.name, '{OFFICE}'), m.code, m.title,
           coalesce(w.section, ''), '', m.kind, m.due, m.original_due, m.state,
           {LIGHT_CASE.format(t="m")}, m.done_on, m.by_post, m.note,
           coalesce(w.deadline_raw, ''), m.withdrawn, m.position, 0
    FROM milestone m
    LEFT JOIN unit u ON u.id = m.unit_id
    LEFT JOIN work_item w ON w.id = m.work_item_id
    WHERE m.campaign_id = :campaign AND {{which}}"""  # noqa: S608
_BOTH = f"""
    SELECT about, id, unit_id, unit, code, title, section, role, kind, due, original_due, state, light,
           done_on, by_post, note, deadline_raw, withdrawn
    FROM ({_ASSIGNED.format(which="{assigned}")} UNION ALL {_OWN.format(which="{own}")}) AS listed
    ORDER BY due IS NULL, due, position, place, code, unit_id, role, id"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item as a page lists it: a unit's part, or a milestone (``about`` says which, ``id`` is its row's).

    ``unit_id`` is None for what the office owns; ``role`` is empty for a milestone. ``original_due`` is
    what the plan said first, before all of it was moved. ``by_post`` registered the state, ``note`` is what was said of it last.
    """

    about: str
    id: int
    unit_id: int | None
    unit: str
    code: str
    title: str
    section: str
    role: str
    kind: str
    due: date | None
    original_due: date | None
    state: str
    light: str
    done_on: date | None
    by_post: str
    note: str
    deadline_raw: str
    withdrawn: bool

    @property
    def progress(self) -> Progress:
        """Return how far it is."""
        return Progress(self.state)

    @property
    def lit(self) -> Light:
        """Return its light."""
        return Light(self.light)

    @property
    def is_whole(self) -> bool:
        """Say whether it is a whole work item, which units have parts of."""
        return self.about == "milestone" and self.kind == MilestoneKind.WORK_ITEM

    @property
    def is_reopened(self) -> bool:
        """Say whether it was reported as done, and that was taken back with its evidence."""
        return self.about == "assignment" and self.state == Progress.STARTED and bool(self.done_on)

    @property
    def what(self) -> str:
        """Return the unit's role in it, or what kind of thing it is."""
        return Role(self.role).chinese if self.role else MilestoneKind(self.kind).chinese

    def moved_from(self, shifted_days: int) -> date | None:
        """Return the day it had first, in a campaign moved by ``shifted_days``; None where that is its day."""
        if self.original_due is None:
            return None
        own = self.about == "milestone" and self.kind in OWN_KINDS  # never was a day of the plan
        first = self.original_due if own else days_after(self.original_due, shifted_days)
        return None if first == self.due else first

    @property
    def parts(self) -> str:
        """Return the dated parts of its deadline, a line each; empty where it has a single day."""
        return parts_in(self.deadline_raw)


def items_of_unit(
    session: Session, campaign_id: int, unit_id: int | None, days: LightDays
) -> list[ListedItem]:
    """Return what a unit has to do, or the office (None): earliest due first, without a day last.

    The same set as `models.campaign.lights.board` counts for it, and beside it the whole work items that
    it leads (`is_whole`). One statement.
    """
    values: dict[str, object] = {"unit": unit_id}
    which = "{t}.unit_id = :unit AND NOT {t}.withdrawn"
    if unit_id is None:
        return _listed(
            session, campaign_id, days, ("1 = 0", "m.unit_id IS NULL AND NOT m.withdrawn"), {}
        )
    return _listed(session, campaign_id, days, (which.format(t="a"), which.format(t="m")), values)


def items_in(
    session: Session, campaign_id: int, rows: Sequence[tuple[str, int]], days: LightDays
) -> list[ListedItem]:
    """Return the items of ``rows``, as (kind, id) pairs; withdrawn ones say so. One statement."""
    ids = {
        kind: ", ".join(str(int(id_)) for about, id_ in rows if about == kind) or "NULL"
        for kind in ("assignment", "milestone")
    }
    which = (f"a.id IN ({ids['assignment']})", f"m.id IN ({ids['milestone']})")
    return _listed(session, campaign_id, days, which, {})


def lights_of(items: Sequence[ListedItem]) -> Lights:
    """Return how many of ``items`` stand in each light."""
    return Lights(*(sum(one.light == light for one in items) for light in Light))


def _listed(
    session: Session,
    campaign_id: int,
    days: LightDays,
    which: tuple[str, str],
    values: dict[str, object],
) -> list[ListedItem]:
    values |= {"campaign": campaign_id, "today": days.today, "near_until": days.near_until}
    return found_as(session, ListedItem, _BOTH.format(assigned=which[0], own=which[1]), values)
