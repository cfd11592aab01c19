"""The end of a stage as a milestone: reached when the stage is closed, open again when that is undone.

Only the end is: a step or a work item that is not done when its stage is closed is still owed, so it
stays as it is and is chased as before.
"""

from collections.abc import Sequence

from sqlalchemy import and_
from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.rules.calendar.moment import Moment
from models.rules.words import UNFINISHED, MilestoneKind, Progress, StageStatus

REACHED = "阶段已结束"
_IS_END = (col(Milestone.kind) == MilestoneKind.STAGE_END, col(Milestone.withdrawn).is_(False))


def stages_and_ends(session: Session, campaign_id: int) -> list[tuple[Stage, str | None]]:
    """Return the stages of a campaign in the plan's order, each with the progress of its end."""
    return stages_and_ends_of(session, [campaign_id])[campaign_id]


def stages_and_ends_of(
    session: Session, campaign_ids: Sequence[int]
) -> dict[int, list[tuple[Stage, str | None]]]:
    """Return what `stages_and_ends` does of each campaign; one statement for all of them."""
    found: dict[int, list[tuple[Stage, str | None]]] = {one: [] for one in campaign_ids}
    end = and_(col(Milestone.stage_id) == Stage.id, *_IS_END)
    query = (
        select(Stage, Milestone.state)
        .outerjoin(Milestone, end)
        .where(col(Stage.campaign_id).in_(campaign_ids), Stage.status != StageStatus.WITHDRAWN)
        .order_by(col(Stage.ordinal))
    )
    for stage, state in session.exec(query):
        found[stage.campaign_id].append((stage, state))
    return found


def reach_end(session: Session, stage_id: int, by: str, *, moment: Moment) -> bool:
    """Register the end of a stage as done, since it is closed; False when it is so already."""
    end = _end_of(session, stage_id)
    if end is None or end.state not in UNFINISHED:
        return False
    _register(session, end, Progress.DONE, by, moment)
    return True


def reopen_end(session: Session, stage_id: int, by: str, *, moment: Moment) -> bool:
    """Take back what `reach_end` registered; what somebody registered by hand stays."""
    end = _end_of(session, stage_id)
    if end is None or end.state != Progress.DONE or end.note != REACHED:
        return False
    _register(session, end, Progress.OPEN, by, moment)
    return True


def _end_of(session: Session, stage_id: int) -> Milestone | None:
    query = select(Milestone).where(Milestone.stage_id == stage_id, *_IS_END)
    return session.exec(query.execution_options(populate_existing=True)).first()


def _register(session: Session, end: Milestone, state: Progress, by: str, moment: Moment) -> None:
    """Write the same entry of the audit as `models.campaign.progress.register` does for a report."""
    done_on, note = (moment.today, REACHED) if state is Progress.DONE else (None, "")
    old = {name: getattr(end, name) for name in ("state", "done_on", "by_post", "note")}
    end.state, end.done_on, end.by_post, end.note = state.value, done_on, by, note
    session.flush()
    new = {"state": state, "done_on": done_on, "note": note}
    facts = {"old": {"milestone": old}, "new": new, "assignments": 0}
    record(session, end.campaign_id, moment, NewEntry(by, "progress", end.code, facts))
