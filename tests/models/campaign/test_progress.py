"""Registering progress: the whole, a part, a wrong click, the record."""

from datetime import date

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign.milestone import milestone_coded
from models.campaign.progress import Report, register
from models.campaign.work import Assignment
from models.database import open_session
from models.errors import NotFoundError, ProgressError
from models.rules.words import Progress
from models.settings import moment_of
from tests.conftest import NOW

TODAY = date(2025, 7, 21)
LIAISON = "市政府办公室联络员"


@pytest.fixture
def say(campaign_id):
    """Register something and return how many rows changed."""

    def registered(code: str, state: Progress, unit: str | None = None, **more) -> int:
        with open_session() as session:
            report = Report(code, state, more.pop("by_post", LIAISON), unit=unit, **more)
            return register(session, campaign_id, report, moment=moment_of(NOW, TODAY))

    return registered


@pytest.fixture
def states(campaign_id):
    """The states of the parts of an item."""

    def parts(code: str) -> list[str]:
        with open_session(read_only=True) as session:
            item = milestone_coded(session, campaign_id, code).work_item_id
            query = select(Assignment).where(Assignment.work_item_id == item)
            return [part.state for part in session.exec(query)]

    return parts


def test_the_whole_takes_its_unfinished_parts_along(say, states, any_database):
    assert say("w5", Progress.DONE) == 1 + len(states("W5"))
    assert set(states("W5")) == {Progress.DONE}
    assert say("W5", Progress.DONE) == 0  # said before


def test_one_unit_moves_only_its_own_part(say, states):
    assert say("W5", Progress.DONE, unit="市政府办公室") == 1
    assert states("W5").count(Progress.DONE) == 1


def test_what_a_unit_finished_itself_stays_finished(say, states):
    say("W5", Progress.DONE, unit="市政府办公室", by_post="市政府办公室联络员")
    say("W5", Progress.STARTED)

    assert sorted(states("W5")) == [Progress.DONE, Progress.STARTED]


def test_a_wrong_click_can_be_undone(say, states):
    say("W5", Progress.DONE)
    say("W5", Progress.OPEN)

    assert set(states("W5")) == {Progress.OPEN}


def test_what_does_not_apply_needs_a_reason_and_stays_so(say, states):
    with pytest.raises(ProgressError, match="理由"):
        say("W5", Progress.DROPPED, unit="市政府办公室")
    say("W5", Progress.DROPPED, unit="市政府办公室", note="职能已划转")
    say("W5", Progress.DONE)

    assert sorted(states("W5")) == [Progress.DONE, Progress.DROPPED]


@pytest.mark.parametrize(
    ("code", "more", "error"),
    [
        ("W99", {}, NotFoundError),
        ("W5", {"unit": "火星局"}, NotFoundError),
        ("W5", {"unit": "市工商联"}, NotFoundError),  # a unit, but not of this item
        ("W5", {"done_on": date(2025, 7, 22)}, ProgressError),  # tomorrow
        ("W5", {"by_post": " "}, ProgressError),
    ],
)
def test_what_cannot_be_registered_is_refused_and_nothing_changes(say, states, code, more, error):
    with pytest.raises(error):
        say(code, Progress.DONE, **more)

    assert set(states("W5")) == {Progress.OPEN}


def test_every_change_is_on_the_record_with_old_and_new(say, campaign):
    say("S1.1", Progress.DONE, note="已召开动员会", done_on=date(2025, 6, 12))

    with open_session(read_only=True) as session:
        [entry] = session.exec(select(AuditEntry).where(AuditEntry.what == "progress"))
        assert (entry.who, entry.subject) == (LIAISON, "S1.1")
        assert '"state":"open"' in entry.facts
        assert '"state":"done"' in entry.facts
        assert "2025-06-12" in entry.facts
