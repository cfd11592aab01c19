"""Move a stage: each move is one conditional update, one transition and one entry of the audit."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, func, insert, or_, update
from sqlmodel import Field, Session, SQLModel, col

from models.audit.chain import AuditEntry, NewEntry, appended, record
from models.campaign.campaign import Stage
from models.campaign.stage_end import reach_end, reopen_end
from models.keys import key_of
from models.rules.audit.fact_table import Facts
from models.rules.calendar.moment import Moment
from models.rules.gates.values import Obstacle
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


@dataclass(frozen=True, slots=True)
class Moved:
    """A stage that is moved, under which entry of the audit and on whose word."""

    stage: Stage
    entry: AuditEntry
    said: Occasion


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
    said = entry_of(occasion, what, subject, facts)
    return record(session, campaign_id, occasion.moment, said)


def entry_of(occasion: Occasion, what: str, subject: str, facts: Mapping[str, Any]) -> NewEntry:
    """Return what `note` writes down, before it is sealed."""
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
    _keep(session, [Moved(stage, entry, occasion)], before)
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
        moved = [
            Moved(*each, occasion) for each in zip(opened, appended(session, said), strict=True)
        ]
        _keep(session, moved, StageStatus.PENDING)
    return opened


def move_each(
    session: Session, moves: Sequence[Moved], before: StageStatus, to: StageStatus
) -> None:
    """Move stages between active and deciding, those that still stand at ``before``; three statements at most.

    Each has its transition, with the entry of the audit that covers it.
    """
    by = {key_of(one.stage): one for one in moves}
    if not by:
        return
    standing = (col(Stage.id).in_(by), col(Stage.status) == before)
    found = sorted(key_of(one) for one in _moved(session, standing, before, to, moves[0].said))
    _keep(session, [by[id] for id in found], before)


def _opening(stage: Stage, occasion: Occasion) -> NewEntry:
    facts = {"name": stage.name, "planned_start": stage.planned_start}
    return entry_of(occasion, "stage-opened", f"S{stage.ordinal}", facts)


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


def _keep(session: Session, moved: Sequence[Moved], before: StageStatus) -> None:
    """Write the transition of each stage, with the entry of the audit that covers it."""
    rows = [
        {
            "campaign_id": one.stage.campaign_id,
            "stage_id": key_of(one.stage),
            "from_status": before.value,
            "to_status": str(one.stage.status),
            "day": one.said.moment.today,
            "at": one.said.moment.now,
            "decided_by": one.said.who,
            "reason": one.said.reason,
            "obstacles": obstacles_json(one.said.obstacles) if one.said.obstacles else "",
            "audit_id": one.entry.id,
        }
        for one in moved
    ]
    session.flush()
    if rows:
        session.connection().execute(insert(Transition), rows)
