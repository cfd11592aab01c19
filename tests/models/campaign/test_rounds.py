"""Which campaign was patrolled on which day, by our own table."""

from datetime import UTC, date, datetime, time, timedelta

from models.campaign.rounds import Patrols, patrols_until, rounds_on, without_round
from models.database import open_session
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
        began = datetime.combine(day, time(0, 30), tzinfo=UTC)
        names = [one.label for one in without_round(session, day, began, 3)]
        return patrols_until(session, day, began), names


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
