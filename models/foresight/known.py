"""What is known of a campaign's pace: its items with their days, and the stages that are not closed; four statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.database import found_as
from models.rules.foresight.values import PacedItem, StageDays
from models.rules.words import OFFICE

# The end of a stage comes with a decision, and what was declared not to apply says nothing of a pace.
_MILESTONES = """
    SELECT m.id, m.kind, coalesce(m.unit_id, 0) AS unit, coalesce(s.ordinal, 0) AS stage, m.begin,
           m.begin_by, m.due, m.state, m.done_on
    FROM milestone m LEFT JOIN stage s ON s.id = m.stage_id
    WHERE m.campaign_id = :campaign AND NOT m.withdrawn AND m.state <> 'dropped' AND m.kind <> 'stage_end'
    ORDER BY m.id"""

# A part of a work item stands in the stage of the work item itself, and begins with it.
_PARTS = """
    SELECT a.id, CASE WHEN a.work_item_id IS NULL THEN 'indicator' ELSE 'part' END AS kind, a.unit_id AS unit,
           coalesce(s.ordinal, 0) AS stage, whole.begin, a.begin_by, a.due, a.state, a.done_on
    FROM assignment a
    LEFT JOIN (SELECT work_item_id, max(stage_id) AS stage_id, min(begin) AS begin FROM milestone
               WHERE campaign_id = :campaign AND kind = 'work_item' GROUP BY work_item_id) AS whole
      ON whole.work_item_id = a.work_item_id
    LEFT JOIN stage s ON s.id = whole.stage_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.state <> 'dropped'
    ORDER BY a.id"""

_STAGES = """
    SELECT ordinal, name, planned_start, planned_end, opened_on FROM stage
    WHERE campaign_id = :campaign AND status NOT IN ('closed', 'withdrawn') ORDER BY ordinal"""

_NAMED_MILESTONES = f"""
    SELECT m.id, 0 AS part, m.code, m.title, coalesce(u.name, '{OFFICE}') AS owner, m.due
    FROM milestone m LEFT JOIN unit u ON u.id = m.unit_id WHERE m.id IN :these"""  # noqa: S608
_NAMED_PARTS = """
    SELECT a.id, 1 AS part, coalesce('W' || w.ordinal, i.code) AS code, coalesce(w.title, i.title) AS title,
           u.name AS owner, a.due
    FROM assignment a JOIN unit u ON u.id = a.unit_id LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id WHERE a.id IN :these"""


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    kind: str
    unit: int
    stage: int
    begin: date | None
    begin_by: date | None
    due: date | None
    state: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class KnownStage:
    """A stage that is not closed, with its name and days."""

    ordinal: int
    name: str
    planned_start: date | None
    planned_end: date | None
    opened_on: date | None

    @property
    def days(self) -> StageDays:
        """Return its days."""
        return StageDays(self.ordinal, self.planned_start, self.planned_end, self.opened_on)


@dataclass(frozen=True, slots=True)
class NamedItem:
    """An item as people call it; ``part`` tells a unit's part from a milestone."""

    id: int
    part: bool
    code: str
    title: str
    owner: str
    due: date | None


def paced_items(session: Session, campaign_id: int) -> Sequence[PacedItem]:
    """Return every item of a campaign with its days; what was done without a day counts as done on its own."""
    found = []
    for part, sql in ((False, _MILESTONES), (True, _PARTS)):
        for row in found_as(session, _Row, sql, {"campaign": campaign_id}):
            done = (row.done_on or row.due) if row.state == "done" else None
            begin = row.begin or _begun(row.begin_by, row.due)
            found.append(
                PacedItem(row.id, part, row.unit, row.kind, row.stage, begin, row.due, done=done)
            )
    return found


def _begun(begin_by: date | None, due: date | None) -> date | None:
    """Return when an item began of which only two thirds of the way are known (`models.rules.lights.begin_by`)."""
    if begin_by is None or due is None or begin_by >= due:
        return None
    return due - 3 * (due - begin_by)


def open_stages(session: Session, campaign_id: int) -> Sequence[KnownStage]:
    """Return the stages that are not closed."""
    return found_as(session, KnownStage, _STAGES, {"campaign": campaign_id})


def named_items(
    session: Session, these: Iterable[tuple[bool, int]]
) -> Mapping[tuple[bool, int], NamedItem]:
    """Return what items are called, by whether each is a part and its id; one statement for each kind."""
    wanted: dict[bool, list[int]] = {False: [], True: []}
    for part, id in these:
        wanted[part].append(id)
    found = {}
    for part, sql in ((False, _NAMED_MILESTONES), (True, _NAMED_PARTS)):
        if wanted[part]:
            for one in found_as(session, NamedItem, sql, {"these": tuple(wanted[part])}):
                found[part, one.id] = one
    return found
