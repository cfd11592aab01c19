"""Stages whose dates a corrected plan puts off: what had opened by plan waits for its day again.

Only where nothing was done in the stage yet; else it stays under way, and the office hears why.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from models.campaign.campaign import Stage, stages_of
from models.campaign.milestone import Milestone
from models.campaign.moves import BY_PLAN, Occasion, Transition, move
from models.campaign.work import Assignment
from models.database import run
from models.decisions.closing import close_unanswered
from models.decisions.confirmation import standing_of
from models.decisions.decision import ASKED, OVERTAKEN, Decision, asked_posts
from models.decisions.hearing import Hearing
from models.keys import key_of
from models.rules.words import UNDER_WAY, Progress, StageStatus

WHY = "方案的日期改后，尚未到期"


def take_back_stages(
    session: Session, campaign_id: int, said: Occasion, put_off: Collection[int]
) -> list[str]:
    """Let stages that are not due yet wait again, each by a recorded move; return a line for each.

    Of those whose start was ``put_off`` just now (by their numbers) a line also says why one does not
    wait again. Repeatable: what waits already is no news. What was about to be said of days that are
    no more is dropped, and said anew should it become true again.
    """
    lines = []
    for stage in stages_of(session, campaign_id):
        if stage.planned_start is None or stage.planned_start <= said.moment.today:
            continue
        name = f"第 {stage.ordinal} 阶段“{stage.name}”"
        kept = _kept_by(session, stage) if stage.status in UNDER_WAY else ()
        if stage.status in UNDER_WAY and not kept:
            _take_back(session, stage, said)
            lines.append(f"{name}退回未启动，到 {stage.planned_start} 启动")
        elif kept and stage.ordinal in put_off:
            lines.append(f"{name}仍在进行，没有退回未启动：{'、'.join(kept)}")
        elif stage.status == StageStatus.CLOSED and stage.ordinal in put_off:
            lines.append(f"{name}已经结束，改期后不再重新启动")
    run(session, _DROP_STALE, {"campaign": campaign_id})
    return lines


def _kept_by(session: Session, stage: Stage) -> Sequence[str]:
    """Return what was done in a stage that may not be undone by a date."""
    kept = []
    if (opened := _opened_by(session, stage)) != BY_PLAN:
        kept.append(f"由{opened}决定启动")
    if count := _registered(session, stage):
        kept.append(f"已登记 {count} 项进展")
    if standing_of(session, key_of(stage)):
        kept.append("已登记确认")
    answered = select(Decision.id).where(Decision.stage_id == stage.id, Decision.answer != "")
    heard = any(
        asked.answer
        for decision in _open_questions(session, stage)
        for asked, _ in asked_posts(session, key_of(decision))
    )
    if heard or session.exec(answered).first():
        kept.append("领导已就它作过决定")
    return kept


def _opened_by(session: Session, stage: Stage) -> str:
    query = (
        select(Transition.decided_by)
        .where(Transition.stage_id == stage.id, Transition.from_status == StageStatus.PENDING)
        .order_by(col(Transition.id).desc())
    )
    return session.exec(query).first() or BY_PLAN


def _registered(session: Session, stage: Stage) -> int:
    """Return on how many milestones of a stage, or on units' parts of them, anything was registered."""
    begun = select(Assignment.work_item_id).where(
        Assignment.campaign_id == stage.campaign_id,
        Assignment.state != Progress.OPEN,
        col(Assignment.work_item_id).is_not(None),
    )
    query = select(func.count()).where(
        Milestone.stage_id == stage.id,
        col(Milestone.withdrawn).is_(False),
        or_(col(Milestone.state) != Progress.OPEN, col(Milestone.work_item_id).in_(begun)),
    )
    return session.exec(query).one()


def _open_questions(session: Session, stage: Stage) -> list[Decision]:
    query = select(Decision).where(Decision.stage_id == stage.id, Decision.status == ASKED)
    return list(session.exec(query))


def _take_back(session: Session, stage: Stage, said: Occasion) -> None:
    for decision in _open_questions(session, stage):
        close_unanswered(Hearing.of(session, decision, said.moment), OVERTAKEN, WHY, said)
    wait_again(session, stage, said)


def wait_again(session: Session, stage: Stage, said: Occasion) -> bool:
    """Let an active stage wait for its day again; return False when it stands elsewhere by now."""
    to, active, start = StageStatus.PENDING, (StageStatus.ACTIVE,), stage.planned_start
    return move(session, stage, to, said, "stage-waiting", from_=active, planned_start=start)


# The mark of its own lets the table take the same notice again when its day is what it was once more.
_DROP_STALE = """
    UPDATE notice SET state = 'dropped', reason = 'dates-changed',
        occurrence = occurrence || ' #' || id
    WHERE campaign_id = :campaign AND message_id IS NULL
      AND state IN ('waiting', 'unsendable', 'silenced', 'acknowledged', 'inhibited', 'over-budget')
      AND ((subject_kind = 'stage' AND rule = 'stage_opened'
            AND subject_id IN (SELECT id FROM stage WHERE status = 'pending'))
        OR (subject_kind = 'milestone' AND occurrence LIKE '____-__-__' AND occurrence <> (
            SELECT coalesce(CAST(m.due AS VARCHAR(10)), '') FROM milestone m WHERE m.id = subject_id))
        OR (subject_kind = 'assignment' AND occurrence LIKE '____-__-__' AND occurrence <> (
            SELECT coalesce(CAST(a.due AS VARCHAR(10)), '') FROM assignment a
            WHERE a.id = subject_id)))"""
