"""The parts of units that a paper lists, by one statement: what is late, what is near, what a unit has to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.campaign.about import ASSIGNED_CODE
from models.database import found_as
from models.rules.words import Progress, Role


@dataclass(frozen=True, slots=True)
class PartLine:
    """One unit's part in a work item or an indicator."""

    unit: str
    code: str
    title: str
    role: str
    due: date | None
    state: str
    done_on: date | None
    note: str

    @property
    def role_in_words(self) -> str:
        """Return whether the unit leads."""
        return Role(self.role).chinese

    @property
    def state_in_words(self) -> str:
        """Return how far it is, in an office's word."""
        return Progress(self.state).chinese

    def days_late(self, today: date) -> int:
        """Return how many days past its day it is; below 0 where the day is still to come."""
        return (today - self.due).days if self.due else 0


# Findings and complaints of a unit stand among its parts: what it has to mend or to answer.
_LINES = f"""
    SELECT unit, code, title, role, due, state, done_on, note FROM (
    SELECT u.id AS unit_id, w.ordinal AS ordinal, i.id AS indicator, u.name AS unit,
           {ASSIGNED_CODE} AS code, coalesce(w.title, i.title) AS title,
           a.role, a.due, a.state, CASE WHEN a.state = 'done' THEN a.done_on END AS done_on, a.note
    FROM assignment a
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND (:unit = 0 OR a.unit_id = :unit)
      AND (NOT :unfinished OR (a.state IN ('open', 'started') AND a.due <= :until))
    UNION ALL
    SELECT u.id, NULL, NULL, u.name, m.code, m.title, 'responsible', m.due, m.state,
           CASE WHEN m.state = 'done' THEN m.done_on END, m.note
    FROM milestone m JOIN unit u ON u.id = m.unit_id
    WHERE m.campaign_id = :campaign AND NOT m.withdrawn AND (:unit = 0 OR m.unit_id = :unit)
      AND m.kind IN ('finding', 'complaint')
      AND (NOT :unfinished OR (m.state IN ('open', 'started') AND m.due <= :until))) AS parts
    ORDER BY unit_id, due IS NOT NULL, due, role, ordinal IS NULL, ordinal, indicator IS NULL, indicator, code"""  # noqa: S608


def unit_parts(session: Session, campaign_id: int, unit_id: int) -> Sequence[PartLine]:
    """Return every part of a unit, by day."""
    return _found(session, campaign_id, unit_id, date.max, unfinished=False)


def unfinished_parts(
    session: Session, campaign_id: int, until: date, unit_id: int = 0
) -> Sequence[PartLine]:
    """Return what is due by ``until`` and not finished, of one unit or of all in their fixed order."""
    return _found(session, campaign_id, unit_id, until, unfinished=True)


def _found(
    session: Session, campaign_id: int, unit_id: int, until: date, *, unfinished: bool
) -> Sequence[PartLine]:
    values = {"campaign": campaign_id, "unit": unit_id, "until": until, "unfinished": unfinished}
    return found_as(session, PartLine, _LINES, values)
