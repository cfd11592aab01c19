"""What a forecast is drawn from: every item with its days, and the stages that are not closed."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from models.campaign.campaign import stages_of
from models.database import found_as
from models.rules.foresight.values import PacedItem, StageDays
from models.rules.lights import BEHIND_AFTER
from models.rules.words import Progress, StageStatus


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    part: bool
    unit: int
    kind: str
    stage: int
    begin: date | None
    begin_by: date | None
    due: date | None
    state: str
    done_on: date | None


# What does not apply any more says nothing of the pace, and will never be late. A work item's parts stand in the
# stage that it stands in itself, as they do wherever lights are counted, and begin when it does.
_ITEMS = """
    SELECT m.id, false AS part, coalesce(m.unit_id, 0) AS unit, m.kind AS kind,
           coalesce(s.ordinal, 0) AS stage, m.begin AS begin, m.begin_by AS begin_by, m.due AS due,
           m.state AS state, m.done_on AS done_on
    FROM milestone m LEFT JOIN stage s ON s.id = m.stage_id
    WHERE m.campaign_id = :campaign AND NOT m.withdrawn AND m.state <> 'dropped'
    UNION ALL
    SELECT a.id, true, a.unit_id,
           CASE WHEN a.work_item_id IS NULL THEN 'indicator/' ELSE 'work/' END || a.role,
           coalesce(s.ordinal, 0), whole.begin, a.begin_by, a.due, a.state, a.done_on
    FROM assignment a
    LEFT JOIN (SELECT work_item_id, max(stage_id) AS stage_id, min(begin) AS begin FROM milestone
               WHERE campaign_id = :campaign AND kind = 'work_item' GROUP BY work_item_id) AS whole
      ON whole.work_item_id = a.work_item_id
    LEFT JOIN stage s ON s.id = whole.stage_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.state <> 'dropped'"""


def foresight_items(session: Session, campaign_id: int) -> list[PacedItem]:
    """Return every item that is done or still to be done, in no order; one statement at any size."""
    rows = found_as(session, _Row, _ITEMS, {"campaign": campaign_id})
    return [
        PacedItem(
            row.id,
            bool(row.part),
            row.unit,
            row.kind,
            row.stage,
            row.begin or begun_before(row.begin_by, row.due),
            row.due,
            done=(row.done_on or row.due) if row.state == Progress.DONE else None,
        )
        for row in rows
    ]


def foresight_stages(session: Session, campaign_id: int) -> list[StageDays]:
    """Return the stages that are not closed, in the plan's order; one statement."""
    return [
        StageDays(
            one.ordinal,
            one.planned_start,
            None if one.open_ended else one.planned_end,
            one.opened_on,
        )
        for one in stages_of(session, campaign_id)
        if one.status != StageStatus.CLOSED
    ]


def begun_before(begin_by: date | None, due: date | None) -> date | None:
    """Return the begin that `models.rules.lights.begin_by` made ``begin_by`` of, to a day; None where it says none."""
    if begin_by is None or due is None or begin_by >= due:
        return None
    return due - timedelta(days=round((due - begin_by).days / (1 - BEHIND_AFTER)))
