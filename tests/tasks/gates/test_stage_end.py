"""What is chased of a stage that is closed: what is still owed, and never its own end."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.database import open_session
from models.notices.notice import Notice
from models.rules.decisions.answers import Answer, Said
from models.rules.words import Progress
from models.settings import moment_of
from tasks.audit.chain import verify
from tasks.patrol.patrol import patrol_campaign
from tests.support.deciding import asked, decide, noon
from tests.support.phones import open_phones
from tests.tasks.decisions.test_objections import objects

MONDAY = date(2025, 7, 21)
LATER = [date(2025, 7, 22), date(2025, 7, 23), date(2025, 7, 25), date(2025, 8, 1)]
FORCE = Said(Answer.FORCE, "边推进边补")


@pytest.fixture
def phones(tmp_path, monkeypatch):
    with open_phones(tmp_path, monkeypatch) as running:
        yield running


def told_of(code: str) -> list[str]:
    with open_session(read_only=True) as session:
        query = (
            select(Notice.rule)
            .join(Milestone, Milestone.id == Notice.subject_id)
            .where(Notice.subject_kind == "milestone", Milestone.code == code)
        )
        return sorted(set(session.exec(query.where(Notice.day > MONDAY))))


def end() -> Milestone:
    with open_session(read_only=True) as session:
        found = session.exec(select(Milestone).where(Milestone.code == "S1.END")).one()
        session.expunge(found)
        return found


def test_the_end_of_a_closed_stage_is_reached_and_what_is_owed_is_still_chased(office):
    slug = office()
    decide(asked(slug), FORCE, MONDAY, name="某某")
    red = [patrol_campaign(slug, moment_of(noon(day), day)).board.milestones.red for day in LATER]

    assert (end().state, end().done_on, end().by_post) == (Progress.DONE, MONDAY, "组长 某某")
    assert told_of("S1.END") == []
    assert told_of("S1.1") == ["due_today", "overdue_1", "overdue_3", "overdue_5"]
    assert red == [0, 1, 1, 1]  # the step alone
    with open_session(read_only=True) as session:
        said = session.exec(select(AuditEntry).where(AuditEntry.what == "progress")).one()
        assert (said.subject, said.who, "阶段已结束" in said.facts) == ("S1.END", "组长 某某", True)
    assert verify().broken is None


def test_an_objection_that_opens_the_stage_again_opens_its_end_too(office, phones):
    slug = office()
    number = asked(slug)
    decide(number, FORCE, MONDAY)
    objects(phones, number)
    for day in LATER[:2]:
        patrol_campaign(slug, moment_of(noon(day), day))

    assert (end().state, end().done_on, end().note) == (Progress.OPEN, None, "")
    assert told_of("S1.END") == ["due_today", "overdue_1"]


def test_a_stage_closed_by_an_older_version_is_put_right_by_the_patrol(office):
    slug = office()
    asked(slug)
    with open_session() as session:
        session.execute(update(Stage).where(Stage.ordinal == 1).values(status="closed"))
    patrol_campaign(slug, moment_of(noon(LATER[1]), LATER[1]))
    patrol_campaign(slug, moment_of(noon(LATER[2]), LATER[2]))

    assert (end().state, end().by_post) == (Progress.DONE, "按方案计划")
    assert told_of("S1.END") == ["overdue_1"]  # written before it was seen, dropped before it goes
