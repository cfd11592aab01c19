"""Whole campaigns on a simulated clock, patrolled day by day, every stage moved by a decision."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import select

from models.campaign.campaign import campaign_named, stages_of
from models.campaign.milestone import milestones_of
from models.campaign.moves import Transition
from models.campaign.progress import Report, register
from models.database import open_session
from models.rules.decisions.answers import Answer, Said
from models.rules.words import Progress
from models.settings import moment_of
from tasks.audit.chain import verify
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.loading import find_plan, load_plan, read_plan
from tests.support.deciding import decide, decision, noon, open_questions, statuses

pytestmark = pytest.mark.timeout(180)

Deed = Callable[[date], None]


def finish(slug: str, prefix: str, day: date) -> None:
    """Register everything whose code begins with ``prefix`` as done."""
    with open_session() as session:
        campaign = campaign_named(session, slug)
        for milestone in milestones_of(session, campaign.id or 0):
            wanted = milestone.code.startswith(prefix) and milestone.state == Progress.OPEN
            if wanted:
                report = Report(milestone.code, Progress.DONE, "创建办", done_on=day)
                register(session, campaign.id or 0, report, moment=moment_of(noon(day), day))


def walk(slug: str, first: date, last: date, deeds: dict[date, Deed]) -> None:
    """Patrol every day from ``first`` to ``last``, twice on Mondays, and do what the day brings."""
    day = first
    closed: set[int] = set()
    while day <= last:
        patrol_campaign(slug, moment_of(noon(day), day))
        if day.weekday() == 0:
            assert patrol_campaign(slug, moment_of(noon(day), day)).notices_created == 0
        if day in deeds:
            deeds[day](day)
        now = statuses(slug)
        done = {n for n, s in enumerate(now, 1) if s == "closed"}
        assert closed <= done, f"{day}: a closed stage came back"
        closed = done
        begun = any(s != "pending" for s in now)
        assert not begun or len(done) == len(now) or {"active", "deciding"} & set(now), day
        assert len(open_questions(slug)) <= len(now)
        day += timedelta(days=1)


def test_jinchang_from_june_to_november(campaign):
    def answer(stage: int, said: Said) -> Deed:
        def deed(day: date) -> None:
            outcome = decide(open_questions(campaign)[stage], said, day)
            assert outcome.done, (day, outcome.line)

        return deed

    def refused(stage: int, said: Said, words: str) -> Deed:
        def deed(day: date) -> None:
            outcome = decide(open_questions(campaign)[stage], said, day)
            assert not outcome.done
            assert words in outcome.line

        return deed

    def expect(*expected: str) -> Deed:
        return lambda day: _same(statuses(campaign), list(expected), day)

    def asked(*stages: int) -> Deed:
        return lambda day: _same(sorted(open_questions(campaign)), list(stages), day)

    A, D, P, C = "active", "deciding", "pending", "closed"
    walk(
        campaign,
        date(2025, 6, 1),
        date(2025, 11, 28),
        {
            date(2025, 6, 2): expect(P, P, P, P, P),  # a Sunday and the dragon boat holiday before
            date(2025, 6, 3): expect(A, P, P, P, P),
            date(2025, 6, 11): expect(A, A, P, P, P),  # they overlap
            date(2025, 6, 16): asked(),
            date(2025, 6, 17): asked(1),  # three working days before the end
            date(2025, 6, 18): refused(1, Said(Answer.APPROVE), "不能批准"),
            date(2025, 6, 19): answer(1, Said(Answer.FORCE, "边推进边补培训")),
            date(2025, 6, 20): expect(C, A, P, P, P),
            date(2025, 7, 7): lambda day: finish(campaign, "S1.", day),
            date(2025, 7, 21): expect(C, A, P, P, P),
            date(2025, 7, 27): asked(),
            date(2025, 7, 28): asked(2),
            date(2025, 7, 29): answer(2, Said(Answer.RETURN, "自查没有覆盖到县区")),
            date(2025, 7, 31): expect(C, A, P, P, P),  # rests, although its end is here
            date(2025, 8, 1): expect(C, A, A, P, P),
            date(2025, 8, 4): asked(),
            date(2025, 8, 5): asked(2),
            date(2025, 8, 6): answer(2, Said(Answer.POSTPONE, "等县区补齐", date(2025, 8, 22))),
            date(2025, 8, 7): expect(C, A, A, P, P),
            date(2025, 8, 11): lambda day: (
                [finish(campaign, p, day) for p in ("S2.", "W")] and None
            ),
            date(2025, 8, 12): expect(C, D, A, P, P),  # the gate is open
            date(2025, 8, 13): answer(2, Said(Answer.APPROVE)),
            date(2025, 8, 14): expect(C, C, A, P, P),
            date(2025, 8, 27): asked(3),
            date(2025, 9, 1): expect(C, C, D, A, P),  # nobody answered yet: it waits, 4 starts
            date(2025, 9, 3): answer(3, Said(Answer.FORCE, "指标表由省里下发后补录")),
            date(2025, 9, 8): lambda day: finish(campaign, "S3.", day),
            date(2025, 10, 13): lambda day: finish(campaign, "S4.", day),
            date(2025, 10, 14): expect(C, C, C, D, P),
            date(2025, 10, 15): answer(4, Said(Answer.APPROVE)),
            date(2025, 10, 16): expect(C, C, C, C, A),  # opened by decision, before its planned day
            date(2025, 11, 3): asked(),
            date(2025, 11, 24): lambda day: finish(campaign, "S5.", day),
            date(2025, 11, 25): asked(5),
            date(2025, 11, 26): answer(5, Said(Answer.APPROVE)),
            date(2025, 11, 27): expect(C, C, C, C, C),
        },
    )

    with open_session(read_only=True) as session:
        found = campaign_named(session, campaign)
        second = stages_of(session, found.id or 0)[1]
        assert (second.planned_end, second.original_end) == (date(2025, 8, 22), date(2025, 7, 31))
        forced = session.exec(select(Transition).where(Transition.reason == "边推进边补培训")).one()
        assert "强化能力提升尚未完成" in forced.obstacles
        closings = [t.stage_id for t in session.exec(select(Transition)) if t.to_status == "closed"]
        assert len(closings) == len(set(closings)) == 5
    assert verify().broken is None


def _same(found: object, expected: object, day: date) -> None:
    assert found == expected, day


def test_the_six_stages_of_zengdu(database):
    plan = read_plan(find_plan("zengdu-2023"))
    first = date(2023, 1, 1)
    load_plan(plan, slug="zd", start=None, moment=moment_of(noon(first), first))
    deeds: dict[date, Deed] = {}
    decided: list[int] = []

    def daily(day: date) -> None:
        for stage, number in open_questions("zd").items():
            if decision(number).asked_on == day:
                continue  # the leader reads it in the evening and answers the next day
            outcome = decide(number, Said(Answer.APPROVE), day)
            if not outcome.done:
                outcome = decide(number, Said(Answer.FORCE, "按期推进"), day)
            assert outcome.done
            decided.append(stage)

    last = date(2023, 5, 19)
    day = first
    while day <= last:
        deeds[day] = daily
        day += timedelta(days=1)

    def end(day: date) -> None:
        finish("zd", "S", day)
        finish("zd", "D", day)
        finish("zd", "G", day)  # the documents that duties name
        daily(day)

    deeds[date(2023, 5, 10)] = end
    walk("zd", first, last, deeds)

    assert decided == [1, 2, 3, 4, 5, 6]
    assert statuses("zd") == ["closed"] * 6
    assert verify().broken is None
