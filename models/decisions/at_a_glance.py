"""What can be seen at a glance of the questions and gates of many campaigns: a few statements for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from models.database import as_day, run
from models.decisions.decision import ASKED, AskedPost, Decision
from models.rules.gates.values import Step
from models.rules.words import FINISHED, OFFICE, Progress
from models.units.unit import Post

_STEPS = f"""
    SELECT m.stage_id, m.code, m.title, coalesce(u.name, '{OFFICE}') AS owner, m.due, m.state
    FROM milestone m LEFT JOIN unit u ON u.id = m.unit_id
    WHERE m.campaign_id IN :these AND m.kind = 'step' AND NOT m.withdrawn ORDER BY m.position"""  # noqa: S608

_WORK = """
    SELECT campaign_id, sum(opened) AS opened, sum(started) AS started, sum(late) AS late FROM (
        SELECT campaign_id, count(CASE WHEN state = 'open' THEN 1 END) AS opened,
               count(CASE WHEN state = 'started' THEN 1 END) AS started,
               count(CASE WHEN due < :today THEN 1 END) AS late
        FROM assignment
        WHERE campaign_id IN :these AND state IN ('open', 'started') AND NOT withdrawn
        GROUP BY campaign_id
        UNION ALL
        SELECT campaign_id, 0, 0, count(*) FROM milestone
        WHERE campaign_id IN :these AND state IN ('open', 'started') AND NOT withdrawn
          AND due < :today AND kind <> 'stage_end'
        GROUP BY campaign_id) AS each
    GROUP BY campaign_id"""


@dataclass(slots=True)
class Work:
    """What keeps gates shut: the steps of each stage, and a campaign's parts that are open, begun and late."""

    steps: dict[int, list[Step]] = field(default_factory=dict)
    parts: dict[int, tuple[int, int, int]] = field(default_factory=dict)


def steps_of(session: Session, campaign_ids: Sequence[int]) -> dict[int, list[Step]]:
    """Return the steps of the campaigns by their stages, in the plan's order; one statement."""
    found: dict[int, list[Step]] = {}
    rows = run(session, _STEPS, {"these": tuple(campaign_ids)})
    for stage, code, title, owner, due, state in rows:
        dropped = state == Progress.DROPPED
        step = Step(code, title, owner, as_day(due), state in FINISHED, dropped)
        found.setdefault(stage, []).append(step)
    return found


def work_of(session: Session, campaign_ids: Sequence[int], today: date) -> Work:
    """Return what keeps the gates of the campaigns shut on ``today``; two statements, none for no campaign."""
    found = Work()
    if not campaign_ids:
        return found
    values = {"these": tuple(campaign_ids), "today": today}
    found.steps = steps_of(session, campaign_ids)
    for one, opened, started, late in run(session, _WORK, values):
        found.parts[one] = (int(opened), int(started), int(late))
    return found


def open_questions(
    session: Session, campaign_ids: Sequence[int]
) -> dict[int, list[tuple[Decision, list[tuple[AskedPost, Post]]]]]:
    """Return the open questions of each campaign, with the posts that each is put to now; two statements."""
    open_ = (Decision.status == ASKED, col(Decision.campaign_id).in_(campaign_ids))
    decisions = list(session.exec(select(Decision).where(*open_).order_by(col(Decision.id))))
    found: dict[int, list[tuple[Decision, list[tuple[AskedPost, Post]]]]] = {}
    if not decisions:
        return found
    voices: dict[int, list[tuple[AskedPost, Post]]] = {}
    query = (
        select(AskedPost, Post)
        .join(Post, col(Post.id) == AskedPost.post_id)
        .where(col(AskedPost.decision_id).in_([one.id for one in decisions]))
        .where(col(AskedPost.gone).is_(False))
        .order_by(col(AskedPost.id))
    )
    for voice, post in session.exec(query):
        voices.setdefault(voice.decision_id, []).append((voice, post))
    for one in decisions:
        found.setdefault(one.campaign_id, []).append((one, voices.get(one.id or 0, [])))
    return found
