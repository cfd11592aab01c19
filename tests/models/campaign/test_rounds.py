"""Which campaign was patrolled on which day, by our own table."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.campaign.rounds import (
    _NAMES,
    _PATROLS,
    _ROUNDS,
    Patrols,
    patrol_of,
    patrols_until,
    rounds_on,
    without_round,
)
from models.database import open_session, run
from models.settings import moment_of
from tasks.patrol.patrol import patrol_campaign
from tests.support.packs import load_pack

MONDAY, SUNDAY = date(2025, 7, 21), date(2025, 7, 20)
NINE, NOON = (datetime(2025, 7, 21, hour, tzinfo=UTC) for hour in (1, 4))


def rounds(day: date):
    with open_session(read_only=True) as session:
        return {one.slug: (one.at, one.notices) for one in rounds_on(session, day)}


def test_a_patrol_keeps_its_round_and_a_second_one_changes_nothing_of_it(campaign, any_database):
    load_pack(moment_of(NINE, MONDAY), "other")
    seen = patrol_campaign(campaign, moment_of(NINE, MONDAY))
    again = patrol_campaign(campaign, moment_of(NOON, MONDAY))

    assert (seen.patrolled, again.patrolled) == (False, True)
    assert rounds(MONDAY) == {campaign: (NINE, seen.notices_created), "other": (None, None)}


def test_a_preview_a_day_off_and_a_clock_that_is_not_believed_have_no_round(campaign):
    patrol_campaign(campaign, moment_of(NOON, MONDAY), preview=True)
    patrol_campaign(campaign, moment_of(NOON, SUNDAY))
    patrol_campaign(campaign, moment_of(NOON, MONDAY), held=True)

    assert rounds(MONDAY) == rounds(SUNDAY) == {campaign: (None, None)}


def until(day: date):
    with open_session(read_only=True) as session:
        names = [one.label for one in without_round(session, day, 3)]
        return patrols_until(session, day), names


def test_the_campaign_that_lags_behind_says_how_far_all_have_come(campaign, any_database):
    load_pack(moment_of(NINE, MONDAY), "other")
    patrol_campaign(campaign, moment_of(NINE, MONDAY))
    # What was loaded after the patrol of the day had begun was none of its.
    assert until(MONDAY) == (Patrols(1, MONDAY, NINE, 0), [])

    patrol_campaign("other", moment_of(NOON, MONDAY))
    assert until(MONDAY) == (Patrols(2, MONDAY, NINE, 0), [])

    tuesday = MONDAY + timedelta(days=1)
    patrol_campaign(campaign, moment_of(NINE + timedelta(days=1), tuesday))
    assert until(tuesday) == (Patrols(2, MONDAY, NOON, 1), ["other"])


@pytest.mark.sqlite("a server keeps a plan aside; SQLite reads it to come to what stands behind")
@pytest.mark.parametrize("asked", [_ROUNDS, _PATROLS, _NAMES])
def test_the_rounds_of_a_province_are_found_without_its_plans_and_each_by_its_key(campaign, asked):
    values = {**patrol_of(MONDAY), "today": MONDAY, "most": 3, "slug": campaign}
    with open_session(read_only=True) as session:
        plan = [row[-1] for row in run(session, "EXPLAIN QUERY PLAN " + asked, values)]

    assert any("COVERING INDEX campaign_under_way (state=?)" in line for line in plan)
    of_rounds = [
        line for line in plan if line.startswith(("SCAN r", "SCAN l", "SEARCH r", "SEARCH l"))
    ]
    assert of_rounds
    assert all("(campaign_id=?" in line for line in of_rounds), plan
