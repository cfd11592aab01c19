"""Campaigns multiplied for measuring are whole campaigns, and what is asked of one grows with it alone."""

from collections import Counter

import pytest
from sqlalchemy import event

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign
from models.campaign.every import every_campaign
from models.database import engine_for, open_session, run
from models.evidence.covering import unproved_parts
from models.evidence.shown.standing import evidence_standing
from models.keys import key_of
from models.rules.evidence.days import evidence_days
from models.rules.lights import light_days
from models.settings import moment_of, office_zone, settings
from tasks.ledgers.exporting import export_ledgers
from tasks.patrol.patrol import patrol_campaign
from tasks.patrol.view import view_campaign
from tests.conftest import ON_BOTH
from tests.tools.country import NOW, TODAY, Size, make

EVERY = 100  # steps of SQLite's machine between two counts


@ON_BOTH
def test_every_copy_is_patrolled_as_the_first_campaign_is(any_database):
    make(Size(3, units=2, indicators=3))
    with open_session(read_only=True) as session:
        lines = every_campaign(session, light_days(TODAY, work_calendar(session)))

    seen = [patrol_campaign(one.slug, moment_of(NOW, TODAY)) for one in lines]

    assert len(lines) == 3
    assert len({one.lights for one in lines}) == 1
    assert len({view.board.all for view in seen}) == 1
    assert {view.notices_created for view in seen} == {seen[0].notices_created} != {0}


def test_a_copy_has_keys_that_nobody_else_has(database):
    make(Size(2, units=2, indicators=3))
    with open_session() as session:
        added = Campaign(slug="后来", title="后来", kind="县", plan_json="{}", loaded_at=NOW)
        session.add(added)
        session.flush()

        assert key_of(added) == 3


@pytest.mark.parametrize("asked", ["standing", "unproved"])
def test_what_is_asked_of_evidence_takes_steps_that_grow_with_it_and_no_faster(
    asked, tmp_path, monkeypatch
):
    took = []
    for indicators in (30, 120):
        monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / str(indicators)))
        make(Size(1, units=4, indicators=indicators))
        if asked == "unproved":  # what proves a part by itself is looked at first: let nothing do
            with open_session() as session:
                run(session, "UPDATE evidence_use SET withdrawn = true")
        took.append(_steps(asked))

    few, many = took
    assert many < 6 * few  # four times as many parts and pieces; trying every pair takes sixteen


def test_what_a_campaign_asks_takes_no_more_steps_beside_many_others(tmp_path, monkeypatch):
    """Each statement by itself: one that reads the rows of all campaigns is found, however small it is."""
    took = []
    for campaigns in (2, 32):
        monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / str(campaigns)))
        make(Size(campaigns, units=3, indicators=4))
        took.append(_steps_of_a_day(tmp_path / f"out{campaigns}"))

    few, many = took
    grown = {text: (few[text], n) for text, n in many.items() if n > 1.5 * few.get(text, n) + 5}
    assert not grown, "\n".join(f"{n}: {text}" for text, n in grown.items())


def _steps_of_a_day(out) -> dict[str, int]:
    """Return the hundreds of steps of each statement of a first and a second patrol, a view, a ledger."""
    steps: Counter[str] = Counter()
    doing = [""]
    engine = engine_for(settings().database)
    moment = moment_of(NOW, TODAY)

    def count() -> None:
        steps[doing[0]] += 1

    @event.listens_for(engine, "begin")
    def watch(connection) -> None:
        connection.connection.dbapi_connection.set_progress_handler(count, EVERY)

    @event.listens_for(engine, "before_cursor_execute")
    def name(_connection, _cursor, text, *_rest) -> None:
        doing[0] = " ".join(text.split())[:400]

    for _ in range(2):
        patrol_campaign("jc1", moment)
    view_campaign("jc1", TODAY)
    export_ledgers("jc1", out, moment)
    return steps


def _steps(asked: str) -> int:
    """Return how many hundred steps of its machine SQLite takes to answer for the first campaign."""
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += 1

    with open_session(read_only=True) as session:
        raw = session.connection().connection.dbapi_connection
        assert raw
        raw.set_progress_handler(count, EVERY)
        if asked == "standing":
            evidence_standing(
                session, 1, evidence_days(TODAY, work_calendar(session), office_zone())
            )
        else:
            unproved_parts(session, 1, TODAY)
        raw.set_progress_handler(None, 0)
    return counted
