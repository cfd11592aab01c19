"""Decide as a leader does, for tests: a code on a sheet, then an answer with it."""

from datetime import UTC, date, datetime, time
from itertools import count

from sqlmodel import select

from models.campaign.campaign import Stage, campaign_named, stages_of
from models.database import open_session
from models.decisions.decision import Decision, open_decisions
from models.decisions.tries import HandedIn, Outcome
from models.notices.notice import Notice
from models.rules.decisions.answers import Said
from models.settings import moment_of
from tasks.decisions.answering import take_answer
from tasks.decisions.codes.codes import print_code
from tasks.patrol.patrol import patrol_campaign

_numbers = count(1)


def noon(day: date) -> datetime:
    """Return noon in Shanghai of a day."""
    return datetime.combine(day, time(4), tzinfo=UTC)


def asked(slug: str, day: date = date(2025, 7, 21)) -> int:
    """Patrol once and return the question about stage 1."""
    patrol_campaign(slug, moment_of(noon(day), day))
    return open_questions(slug)[1]


def notices(rule: str) -> list[Notice]:
    """Return every notice of a rule."""
    with open_session(read_only=True) as session:
        found = list(session.exec(select(Notice).where(Notice.rule == rule)))
        session.expunge_all()
        return found


def code_for(decision_id: int, day: date, post: str | None = None) -> str:
    """Return a fresh code, handed over by the office."""
    return print_code(decision_id, post, "创建办", "测试", moment_of(noon(day), day)).code


def decide(
    decision_id: int,
    said: Said,
    day: date,
    *,
    post: str | None = None,
    code: str | None = None,
    name: str = "",
) -> Outcome:
    """Answer a question with a fresh code, or with ``code``."""
    typed = code if code is not None else code_for(decision_id, day, post)
    return take_answer(
        decision_id,
        said,
        HandedIn(typed, "测试", next(_numbers), name=name),
        moment_of(noon(day), day),
    )


def statuses(slug: str) -> list[str]:
    """Return where each stage of a campaign stands."""
    with open_session(read_only=True) as session:
        campaign = campaign_named(session, slug)
        return [stage.status for stage in stages_of(session, campaign.id or 0)]


def open_questions(slug: str) -> dict[int, int]:
    """Return the open question about each stage, by the stage's number."""
    with open_session(read_only=True) as session:
        campaign = campaign_named(session, slug)
        return {
            session.get_one(Stage, one.stage_id).ordinal: one.id or 0
            for one in open_decisions(session, campaign.id)
        }


def decision(decision_id: int) -> Decision:
    """Return a question as it stands."""
    with open_session(read_only=True) as session:
        found = session.get_one(Decision, decision_id)
        session.expunge(found)
        return found
