"""Undo what a decision did to its stage, because a leader objects: as moves of their own, nothing deleted."""

import json
from datetime import date

from sqlmodel import Session, col, select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.campaign.moves import Occasion, Transition, move
from models.campaign.work import Assignment, WorkItem
from models.decisions.decision import Decision
from models.decisions.hearing import Hearing
from models.rules.decisions.answers import Answer
from models.rules.decisions.objections import StageNow, waits_again
from models.rules.lights import begin_by
from models.rules.words import UNFINISHED, StageStatus


def now_of(stage: Stage) -> StageNow:
    """Return what the rules of objections know of a stage."""
    return StageNow(StageStatus(stage.status), stage.planned_start, stage.planned_end)


def undo(one: Hearing, said: Occasion, entry: AuditEntry) -> Stage | None:
    """Bring a stage back to where it stood before a decision; return the next one if it waits again.

    A closed one is under way again, one opened early waits for its day, a postponed end is the
    earlier one. What the closing opened waits for its day too, unless that has come or somebody is
    asked about it already. Progress registered meanwhile stays.
    """
    session, decision, stage = one.session, one.decision, one.stage
    pending = StageStatus.PENDING
    answer = Answer(decision.answer)
    if decision.is_opening:
        if answer is Answer.APPROVE:
            move(session, stage, pending, said, entry)
        return None
    if answer is Answer.POSTPONE:
        if stage.planned_end == decision.new_end:
            _take_end_back(session, stage, _end_before(session, decision))
        return None
    if answer is Answer.RETURN:
        return None
    opened = _opened_by(session, decision)
    move(session, stage, StageStatus.ACTIVE, said, entry, from_=(StageStatus.CLOSED,))
    if opened is None or not waits_again(now_of(opened), said.moment.today):
        return None
    move(session, opened, pending, said, entry, from_=(StageStatus.ACTIVE,))
    return opened


def _opened_by(session: Session, decision: Decision) -> Stage | None:
    """Return the stage that the decision's own transaction opened."""
    query = (
        select(Stage)
        .join(Transition, col(Transition.stage_id) == Stage.id)
        .where(
            Transition.campaign_id == decision.campaign_id,
            Transition.at == decision.closed_at,
            Transition.from_status == StageStatus.PENDING,
            Transition.stage_id != decision.stage_id,
        )
    )
    return session.exec(query).first()


def _end_before(session: Session, decision: Decision) -> date | None:
    """Return the stage's end before it was postponed, as the decision's entry of the audit keeps it."""
    entry = session.get_one(AuditEntry, decision.audit_id)
    kept = json.loads(entry.facts)["planned_end"]
    return date.fromisoformat(kept) if kept else None


def _take_end_back(session: Session, stage: Stage, end: date | None) -> None:
    """Give a stage its earlier end, and what moved with it its earlier day; what is finished stays."""
    later, stage.planned_end = stage.planned_end, end
    query = select(Milestone).where(
        Milestone.stage_id == stage.id,
        Milestone.due == later,
        col(Milestone.original_due).is_distinct_from(later),
        col(Milestone.state).in_(UNFINISHED),
        col(Milestone.withdrawn).is_(False),
        col(Milestone.kind).in_(["step", "stage_end", "work_item"]),
    )
    for milestone in session.exec(query):
        item = session.get(WorkItem, milestone.work_item_id) if milestone.work_item_id else None
        if item is not None and item.deadline_raw:
            continue
        milestone.due, milestone.begin_by = end, begin_by(milestone.begin, end)
        if item is not None:
            _take_parts_back(session, item, milestone, later)
    session.flush()


def _take_parts_back(
    session: Session, item: WorkItem, milestone: Milestone, later: date | None
) -> None:
    query = select(Assignment).where(
        Assignment.work_item_id == item.id,
        Assignment.due == later,
        col(Assignment.state).in_(UNFINISHED),
        col(Assignment.withdrawn).is_(False),
    )
    for part in session.exec(query):
        part.due, part.begin_by = milestone.due, milestone.begin_by
