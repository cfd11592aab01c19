"""Undo what a decision did to its stage, because a leader objects: as moves of their own, nothing deleted."""

import json
from datetime import date

from sqlmodel import Session, col, select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage
from models.campaign.moves import Occasion, Transition, move
from models.campaign.other_end import move_end
from models.decisions.decision import Decision
from models.decisions.hearing import Hearing
from models.groups.documents import lay_documents
from models.rules.decisions.answers import Answer
from models.rules.decisions.objections import waits_again
from models.rules.words import StageStatus


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
            move_end(session, stage, _end_before(session, decision), back=True)
            lay_documents(session, stage.campaign_id)
        return None
    if answer is Answer.RETURN:
        return None
    opened = _opened_by(session, decision)
    move(session, stage, StageStatus.ACTIVE, said, entry, from_=(StageStatus.CLOSED,))
    if opened is None or not waits_again(opened, said.moment.today):
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
