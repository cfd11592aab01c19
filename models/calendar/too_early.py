"""Take back what was written under a day that has not come: so that it is said again in its time.

Nothing is deleted. A notice keeps its row and says why; its occurrence gets a mark of its own, so that
the table takes the same notice again when its day comes.
"""

import json
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage
from models.campaign.moves import BY_PLAN, Occasion, Transition, move, note
from models.database import run
from models.decisions.codes import Matter, Purpose, void_codes
from models.decisions.decision import (
    ASKED,
    ESCALATED,
    EXPIRED,
    Decision,
    asked_posts,
    open_decisions,
)
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import StageStatus

REASON = "clock-was-ahead"

# Messages that were made in a time to come and have not begun to go out.
_STILL_HERE = """
    SELECT g.id FROM message g WHERE NOT g.settled AND NOT g.secret AND g.made_at > :now
      AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = g.id
          AND (d.state NOT IN ({states}) OR d.unanswered OR d.lease_until IS NOT NULL))"""
_WAITING, _SUPERSEDED = (
    _STILL_HERE.format(states=states) for states in ("'waiting'", "'superseded'")
)

_STEPS = (
    f"UPDATE delivery SET state = 'superseded' WHERE message_id IN ({_WAITING})",  # noqa: S608
    f"""UPDATE notice SET state = 'waiting', reason = '', message_id = NULL
        WHERE message_id IN ({_SUPERSEDED})""",  # noqa: S608
    f"UPDATE message SET settled = true WHERE id IN ({_SUPERSEDED})",  # noqa: S608
    # What really went out keeps no window that would keep another message from that morning.
    'UPDATE message SET "window" = NULL WHERE "window" > :today',
    "UPDATE notice SET told_on = :today WHERE told_on > :today",
    # A morning to come of a clock that was ahead is no morning to wait for.
    """UPDATE notice SET hold_until = :now WHERE hold_until > :now
         AND state NOT IN ('posted', 'sent', 'dead', 'dropped')""",
)

_NOTICES = f"""
    UPDATE notice SET occurrence = occurrence || ' #' || id, day = :today,
        reason = '{REASON}:' || CAST(day AS VARCHAR(10)),
        state = CASE WHEN state IN ('posted', 'sent', 'dead') THEN state ELSE 'dropped' END
    WHERE day > :today"""  # noqa: S608

_ACKNOWLEDGED = """
    UPDATE acknowledgement SET runs_out = :fresh
    WHERE campaign_id = :campaign AND runs_out > :fresh"""

_CODES = "UPDATE decision_code SET expires_at = :last WHERE state = 'open' AND expires_at > :last"


def take_notices_back(session: Session, *, moment: Moment) -> int:
    """Take back every notice of a day after ``today``; return how many. Seven statements at any size."""
    values = {"today": moment.today, "now": moment.now}
    for sql in _STEPS:
        run(session, sql, values)
    return run(session, _NOTICES, {"today": moment.today}).rowcount


def shorten(session: Session, campaign_id: int, fresh: date) -> None:
    """Let no acknowledgement count longer than one that is given today."""
    run(session, _ACKNOWLEDGED, {"campaign": campaign_id, "fresh": fresh})


def shorten_codes(session: Session, last: datetime) -> None:
    """Let no open code be good for longer than one that is made now."""
    run(session, _CODES, {"last": last})


def undo_expiry(session: Session, decision: Decision, stage: Stage, said: Occasion) -> bool:
    """Ask a question again that expired on a day to come; False where the stage moved on since."""
    if any(one.stage_id == stage.id for one in open_decisions(session, decision.campaign_id)):
        return False
    if stage.status != (StageStatus.PENDING if decision.is_opening else StageStatus.ACTIVE):
        return False
    decision.status, decision.closed_on, decision.closed_at = ASKED, None, None
    decision.closed_why, decision.run_closed = "", False
    what, of = "decision-reopened", f"S{stage.ordinal}"
    entry = note(session, decision.campaign_id, said, what, of, decision=decision.id)
    decision.audit_id = entry.id
    session.flush()
    if not decision.is_opening:
        deciding, active = StageStatus.DECIDING, (StageStatus.ACTIVE,)
        move(session, stage, deciding, said, entry, from_=active)
    return True


def uncall(session: Session, decision: Decision, today: date) -> int:
    """Ask no longer whom a question climbed to on a day after ``today``; return how many posts.

    Who answered all the same stays.
    """
    entries = select(AuditEntry.facts).where(
        AuditEntry.campaign_id == decision.campaign_id,
        AuditEntry.what == "decision-escalated",
        AuditEntry.day > today,
    )
    told = [json.loads(facts) for facts in session.exec(entries)]
    names = {name for one in told if one["decision"] == decision.id for name in one["to"]}
    gone, matter = 0, Matter(Purpose.DECIDE, key_of(decision))
    for asked, post in asked_posts(session, key_of(decision)):
        if asked.how == ESCALATED and not asked.answer and post.title in names:
            asked.gone = True
            void_codes(session, matter, post.id)
            gone += 1
    if decision.reminded_on and decision.reminded_on > today:
        decision.reminded_on = None
    session.flush()
    return gone


def done_early(
    session: Session, campaign_id: int, today: date
) -> tuple[list[Stage], list[Decision], list[Decision]]:
    """Return the stages that patrols opened, and the questions they asked and let expire, after ``today``."""
    opened = select(Transition.stage_id).where(
        Transition.campaign_id == campaign_id,
        Transition.day > today,
        Transition.decided_by == BY_PLAN,
        Transition.from_status == StageStatus.PENDING,
    )
    stages = select(Stage).where(col(Stage.id).in_(opened)).order_by(col(Stage.id))
    mine = select(Decision).where(Decision.campaign_id == campaign_id).order_by(col(Decision.id))
    asked = mine.where(
        Decision.status == ASKED, Decision.asked_on > today, Decision.asked_by == BY_PLAN
    )
    expired = mine.where(
        Decision.status == EXPIRED, col(Decision.closed_on) > today, Decision.asked_on <= today
    )
    return list(session.exec(stages)), list(session.exec(asked)), list(session.exec(expired))
