"""What somebody has at hand: items with their light, whose they are, and what registering one takes along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.campaign.about import ABOUT, CODE, DUE, STATE, TITLE, UNIT_ID
from models.campaign.lights import LIGHT_CASE
from models.database import found_as, run
from models.rules.lights import LightDays
from models.rules.words import OFFICE, REGISTERED_BY, MilestoneKind

_OPEN = "campaign_id = :campaign AND state IN ('open', 'started') AND NOT withdrawn"
_PRESSING = "(due <= :near_until OR (state = 'open' AND begin_by < :today))"
# Parts of other units that are not finished: they follow when the whole is registered as done.
_OTHERS = """(SELECT count(*) FROM assignment x WHERE m.kind = 'work_item'
           AND x.work_item_id = m.work_item_id AND x.state IN ('open', 'started')
           AND NOT x.withdrawn AND x.unit_id <> coalesce(m.unit_id, 0))"""

_ITEMS = f"""
    SELECT n.subject_kind AS "table", n.subject_id AS id, {CODE} AS code, {TITLE} AS title,
           coalesce(u.name, '{OFFICE}') AS owner, {UNIT_ID} AS unit_id, {DUE} AS due,
           {STATE} AS state, coalesce(m.done_on, a.done_on) AS done_on,
           coalesce(m.note, a.note) AS note, coalesce(m.by_post, a.by_post) AS by_post,
           CASE WHEN m.id IS NULL THEN {LIGHT_CASE.format(t="a")}
                ELSE {LIGHT_CASE.format(t="m")} END AS light,
           coalesce(m.kind, '') AS kind, {_OTHERS} AS others
    FROM ({{rows}}) n {ABOUT}
    WHERE coalesce(m.id, a.id) IS NOT NULL AND NOT coalesce(m.withdrawn, a.withdrawn)
    ORDER BY {DUE} IS NOT NULL, due, n.subject_kind, code, n.subject_id"""  # noqa: S608

_PARTS = f"""
    SELECT 'assignment' AS subject_kind, id AS subject_id FROM assignment
    WHERE {_OPEN} AND unit_id = :unit AND {_PRESSING}"""  # noqa: S608
_MILESTONES = f"""
    SELECT 'milestone' AS subject_kind, id AS subject_id FROM milestone
    WHERE {_OPEN} AND {{owner}} AND {_PRESSING}"""  # noqa: S608
_SAID = """
    SELECT DISTINCT subject_kind, subject_id FROM notice
    WHERE message_id = :message AND subject_kind IN ('milestone', 'assignment')"""
_ONE = "SELECT CAST(:kind AS VARCHAR(20)) AS subject_kind, CAST(:id AS INTEGER) AS subject_id"
_COUNT = f"""
    SELECT (SELECT count(*) FROM milestone WHERE {_OPEN} AND {{owner}})
         + (SELECT count(*) FROM assignment WHERE {_OPEN} AND unit_id = :unit)"""  # noqa: S608
OWN, OFFICES = "unit_id = :unit", "unit_id IS NULL"


@dataclass(frozen=True, slots=True)
class AtHand:
    """A milestone or a unit's part, and how it stands; ``unit_id`` None for what the office owns.

    ``kind`` is a milestone's, empty for a part. ``others`` are unfinished parts of other units that
    would follow it.
    """

    table: str
    id: int
    code: str
    title: str
    owner: str
    unit_id: int | None
    due: date | None
    state: str
    done_on: date | None
    note: str
    by_post: str
    light: str
    kind: str
    others: int

    @property
    def is_part(self) -> bool:
        """Say whether it is one unit's part in a work item or an indicator."""
        return self.table == "assignment"

    @property
    def name(self) -> str:
        """Return what it is called in acts and in the audit: W5, or W5/市司法局."""
        return f"{self.code}/{self.owner}" if self.is_part else self.code

    @property
    def elsewhere(self) -> bool:
        """Say whether how far it is is registered where it lives (a finding, a visit), and nowhere else."""
        return bool(self.kind) and MilestoneKind(self.kind) in REGISTERED_BY


def pressing_items(
    session: Session, campaign_id: int, unit_id: int | None, days: LightDays
) -> list[AtHand]:
    """Return what a unit (None: the office) has overdue, behind or near its day, the earliest due first."""
    rows = _MILESTONES.format(owner=OWN if unit_id else OFFICES)
    if unit_id:
        rows += f" UNION ALL {_PARTS}"
    return _found(session, rows, days, campaign=campaign_id, unit=unit_id or 0)


def count_open(session: Session, campaign_id: int, unit_id: int | None) -> int:
    """Return how much a unit (None: the office) has not finished, whatever its day."""
    sql = _COUNT.format(owner=OWN if unit_id else OFFICES)
    return int(run(session, sql, {"campaign": campaign_id, "unit": unit_id or 0}).scalar_one())


def items_said(session: Session, message_id: int, days: LightDays) -> list[AtHand]:
    """Return the items that a message says, as they are now, the earliest due first."""
    return _found(session, _SAID, days, message=message_id)


def item_at_hand(session: Session, row: tuple[str, int], days: LightDays) -> AtHand | None:
    """Return one milestone or part, by its table and number; None where it left the plan."""
    found: Sequence[AtHand] = _found(session, _ONE, days, kind=row[0], id=row[1])
    return found[0] if found else None


def _found(session: Session, rows: str, days: LightDays, **values: int | str) -> list[AtHand]:
    known = {"today": days.today, "near_until": days.near_until, **values}
    return found_as(session, AtHand, _ITEMS.format(rows=rows), known)
