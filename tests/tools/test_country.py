"""Campaigns multiplied for measuring are whole campaigns, and what is asked of one grows with it alone."""

from collections import Counter

import pytest

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign
from models.campaign.every import every_campaign
from models.database import open_session, run
from models.evidence.covering import unproved_parts
from models.evidence.shown.standing import evidence_standing
from models.keys import key_of
from models.notices.outbox import claim
from models.rules.evidence.days import evidence_days
from models.rules.lights import light_days
from models.rules.notices.shares import Share
from models.settings import moment_of, office_zone
from tasks.ledgers.exporting import export_ledgers
from tasks.notices.delivery import foresee
from tasks.patrol.patrol import patrol_campaign
from tasks.patrol.view import view_campaign
from tests.conftest import ON_BOTH
from tests.support.steps import grown, steps_counted
from tests.tools.country import NOW, TODAY, Size, make


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

    more = grown(*took)
    assert not more, more


def test_what_goes_out_takes_no_more_steps_beside_what_was_sent(tmp_path, monkeypatch):
    """Messages and deliveries stay for ever, so each morning finds its own among more of them."""
    took = []
    for campaigns in (2, 32):
        monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / str(campaigns)))
        make(Size(campaigns, units=3, indicators=4, mornings=3))
        with open_session() as session:
            run(
                session,
                "UPDATE notice SET state = 'waiting', message_id = NULL WHERE campaign_id = 1",
            )
        with steps_counted() as steps:
            foreseen = foresee(NOW)
            with open_session(preview=True) as session:
                for which in ({}, {"only_urgent": True}, {"held": True}, {"share": Share(1, 4)}):
                    claim(session, NOW, **which)
        assert foreseen.unsendable
        took.append(steps)

    more = grown(*took)
    assert not more, more


def _steps_of_a_day(out) -> Counter[str]:
    """Return the steps of a first and a second patrol, a view, a ledger."""
    moment = moment_of(NOW, TODAY)
    with steps_counted() as steps:
        for _ in range(2):
            patrol_campaign("jc1", moment)
        view_campaign("jc1", TODAY)
        export_ledgers("jc1", out, moment)
    return steps


def _steps(asked: str) -> int:
    """Return how many steps SQLite takes to answer for the first campaign, in hundreds."""
    with steps_counted() as steps, open_session(read_only=True) as session:
        if asked == "standing":
            evidence_standing(
                session, 1, evidence_days(TODAY, work_calendar(session), office_zone())
            )
        else:
            unproved_parts(session, 1, TODAY)
    return steps.total()
