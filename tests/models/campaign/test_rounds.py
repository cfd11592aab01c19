"""Which campaign was patrolled on which day, by our own table."""

from datetime import UTC, date, datetime

from models.campaign.rounds import rounds_on
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
