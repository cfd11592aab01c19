"""Give a stage another end, and what is due on its end with it; original days stay."""

from datetime import date

from sqlmodel import Session, select

from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.database import run
from models.rules.lights import begin_by

# What stands on the stage's end moves with it; what has a day of its own in the plan does not.
_MOVE_MILESTONES = """
    UPDATE milestone SET due = :new
    WHERE stage_id = :stage AND due = :old AND state IN ('open', 'started') AND NOT withdrawn
      AND kind IN ('step', 'stage_end', 'work_item')
      AND (NOT :back OR original_due IS DISTINCT FROM :old)
      AND NOT EXISTS (SELECT 1 FROM work_item w
                      WHERE w.id = milestone.work_item_id AND w.deadline_raw <> '')"""

_MOVE_ASSIGNMENTS = """
    UPDATE assignment SET due = :new, begin_by = (
        SELECT m.begin_by FROM milestone m
        WHERE m.work_item_id = assignment.work_item_id AND m.kind = 'work_item')
    WHERE due = :old AND state IN ('open', 'started') AND NOT withdrawn
      AND work_item_id IN (SELECT work_item_id FROM milestone
                           WHERE stage_id = :stage AND kind = 'work_item'
                             AND due IS NOT DISTINCT FROM :new)"""

_DATE_OPEN_END = """
    UPDATE milestone SET due = :new
    WHERE stage_id = :stage AND due IS NULL AND state IN ('open', 'started') AND NOT withdrawn
      AND kind IN ('step', 'stage_end')"""


def move_end(session: Session, stage: Stage, new_end: date | None, *, back: bool = False) -> None:
    """Give ``stage`` another end, and what is due on its end with it; original days stay.

    What is finished keeps its day. ``back``: the end is the earlier one again, and what the plan
    itself has on the later day stays there.
    """
    old, stage.planned_end = stage.planned_end, new_end
    session.flush()
    values = {"stage": stage.id, "new": new_end}
    if old is None:
        run(session, _DATE_OPEN_END, values)
    else:
        run(session, _MOVE_MILESTONES, values | {"old": old, "back": back})
    session.expire_all()
    moved = select(Milestone).where(Milestone.stage_id == stage.id, Milestone.due == new_end)
    for milestone in session.exec(moved):
        milestone.begin_by = begin_by(milestone.begin, milestone.due)
    session.flush()
    if old is not None:
        run(session, _MOVE_ASSIGNMENTS, values | {"old": old})
