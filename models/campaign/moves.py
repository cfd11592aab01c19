"""Move a stage: each move is one conditional update, one transition and one entry of the audit."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, func, insert, or_, update
from sqlmodel import Field, Session, SQLModel, col, select

from models.audit.chain import AuditEntry, NewEntry, record, record_each
from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.campaign.stage_end import reach_end, reopen_end
from models.database import run
from models.keys import key_of
from models.rules.audit.fact_table import Facts
from models.rules.calendar.moment import Moment
from models.rules.gates.values import Obstacle
from models.rules.lights import begin_by
from models.rules.words import UNDER_WAY, StageStatus

BY_PLAN = "按方案计划"  # who decided where the planned day did


class Transition(SQLModel, table=True):
    """One move of one stage (pending -> active -> deciding -> closed, or back)."""

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    stage_id: int = Field(foreign_key="stage.id")
    from_status: str
    to_status: str
    day: date
    at: datetime
    decided_by: str  # a post; 按方案计划 when the planned start came
    reason: str = ""
    obstacles: str = Field(default="", sa_type=Text)
    audit_id: int | None = Field(default=None, foreign_key="audit_entry.id")


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and on whose word something happens, and what was in the way then."""

    who: str
    moment: Moment
    reason: str = ""
    obstacles: Sequence[Obstacle] = ()


def as_facts(obstacles: Sequence[Obstacle]) -> list[Facts]:
    """Return obstacles as they are kept: rule, text, owner, due."""
    return [
        {name: getattr(one, name) for name in ("rule", "text", "owner", "due")} for one in obstacles
    ]


def obstacles_json(obstacles: Sequence[Obstacle]) -> str:
    """Return obstacles as canonical JSON, for a column."""
    return json.dumps(as_facts(obstacles), ensure_ascii=False, default=str)


def note(
    session: Session,
    campaign_id: int | None,
    occasion: Occasion,
    what: str,
    subject: str,
    **facts: Any,
) -> AuditEntry:
    """Write one entry of the audit; local time, reason and obstacles stand among its facts."""
    said = _said(occasion, what, subject, facts)
    return record(session, campaign_id, occasion.moment, said)


def _said(occasion: Occasion, what: str, subject: str, facts: Mapping[str, Any]) -> NewEntry:
    local = occasion.moment.local.isoformat(timespec="seconds")  # as the office's clock showed it
    reason = {"reason": occasion.reason} if occasion.reason else {}
    return NewEntry(occasion.who, what, subject, {"local": local, **facts, **reason})


def move(
    session: Session,
    stage: Stage,
    to: StageStatus,
    occasion: Occasion,
    entry: str | AuditEntry,
    *,
    from_: Sequence[StageStatus] = UNDER_WAY,
    **facts: Any,
) -> bool:
    """Move ``stage`` from one of ``from_`` to ``to``; return False when it stands elsewhere by now.

    Writes the transition, covered by ``entry`` of the audit: one that is there, or a new one of that
    name with ``facts``. The end of a closed stage is reached, so nobody is chased for it any more.
    """
    before = StageStatus(stage.status)
    standing = (col(Stage.id) == stage.id, col(Stage.status).in_([str(s) for s in from_]))
    if not _moved(session, standing, before, to, occasion):
        return False
    if isinstance(entry, str):
        known = {"name": stage.name, "from": before.value, "to": to.value, **facts}
        entry = note(session, stage.campaign_id, occasion, entry, f"S{stage.ordinal}", **known)
    _keep(session, [(stage, entry)], before, occasion)
    if to is StageStatus.CLOSED:
        reach_end(session, key_of(stage), by=occasion.who, moment=occasion.moment)
    if before is StageStatus.CLOSED:
        reopen_end(session, key_of(stage), by=occasion.who, moment=occasion.moment)
    return True


def open_due_stages(
    session: Session, campaign_ids: Sequence[int], occasion: Occasion
) -> list[Stage]:
    """Make every pending stage of the campaigns whose planned start has come active, and return those just opened.

    A stage with an end but no start ("…前") is under way at once; one without any day waits for a
    decision. Five statements however many open, and one where none does.
    """
    due = (
        col(Stage.campaign_id).in_(campaign_ids),
        col(Stage.status) == StageStatus.PENDING,
        func.coalesce(Stage.planned_start, occasion.moment.today) <= occasion.moment.today,
        or_(col(Stage.planned_start).is_not(None), col(Stage.planned_end).is_not(None)),
    )
    opened = _moved(session, due, StageStatus.PENDING, StageStatus.ACTIVE, occasion)
    opened.sort(key=lambda stage: (stage.campaign_id, stage.ordinal))
    if opened:
        said = [(one.campaign_id, occasion.moment, [_opening(one, occasion)]) for one in opened]
        record_each(session, said)
        last = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(len(said))
        entries = reversed(session.exec(last).all())
        _keep(session, list(zip(opened, entries, strict=True)), StageStatus.PENDING, occasion)
    return opened


def _opening(stage: Stage, occasion: Occasion) -> NewEntry:
    facts = {"name": stage.name, "planned_start": stage.planned_start}
    return _said(occasion, "stage-opened", f"S{stage.ordinal}", facts)


def _moved(
    session: Session,
    which: Sequence[ColumnElement[bool]],
    before: StageStatus,
    to: StageStatus,
    occasion: Occasion,
) -> list[Stage]:
    """Give the stages that stand as ``which`` says their new status and days; return them."""
    values: dict[str, Any] = {"status": to}
    if to is StageStatus.CLOSED:
        values["closed_on"] = occasion.moment.today
    if before is StageStatus.PENDING:
        values["opened_on"] = occasion.moment.today
    if before is StageStatus.CLOSED:  # the transitions keep when it was
        values["closed_on"] = None
    if to is StageStatus.PENDING:
        values["opened_on"] = None
    statement = update(Stage).where(*which).values(**values).returning(Stage)
    return list(session.scalars(statement, execution_options={"populate_existing": True}))


def _keep(
    session: Session,
    moved: Sequence[tuple[Stage, AuditEntry]],
    before: StageStatus,
    occasion: Occasion,
) -> None:
    """Write the transition of each stage, with the entry of the audit that covers it."""
    rows = [
        {
            "campaign_id": stage.campaign_id,
            "stage_id": key_of(stage),
            "from_status": before.value,
            "to_status": str(stage.status),
            "day": occasion.moment.today,
            "at": occasion.moment.now,
            "decided_by": occasion.who,
            "reason": occasion.reason,
            "obstacles": obstacles_json(occasion.obstacles) if occasion.obstacles else "",
            "audit_id": entry.id,
        }
        for stage, entry in moved
    ]
    session.flush()
    session.connection().execute(insert(Transition), rows)


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
