"""Which items a briefing names: over units, what is due first before the rest."""

from datetime import date, timedelta

from sqlalchemy import update
from sqlmodel import select

from models.campaign.work import Assignment
from models.papers.period_facts import MOST_LISTED, period_facts
from tests.conftest import NOW, ON_BOTH

FIRST, LAST = date(2025, 7, 1), date(2025, 7, 18)
INSTANTS = (NOW, NOW + timedelta(days=17))


def facts_of(session, campaign_id):
    return period_facts(session, campaign_id, (FIRST, LAST), INSTANTS)


@ON_BOTH
def test_what_comes_next_is_named_for_as_many_units_as_there_is_room(session, campaign_id):
    found = facts_of(session, campaign_id)

    assert len({one.unit for one in found.next}) == MOST_LISTED
    assert len({one.code for one in found.next}) == MOST_LISTED
    assert found.next_left == int(found.coming.text) - MOST_LISTED


@ON_BOTH
def test_what_is_due_first_is_named_before_the_rest_of_other_units(session, campaign_id):
    query = select(Assignment.id).order_by(Assignment.unit_id, Assignment.id)
    ids = list(session.exec(query))
    early = update(Assignment).where(Assignment.id.in_(ids[:3])).values(due=date(2025, 7, 20))
    session.connection().execute(early)

    days = [one.day for one in facts_of(session, campaign_id).next]

    assert days[:3] == [date(2025, 7, 20)] * 3 and days == sorted(days)


@ON_BOTH
def test_what_was_done_is_named_over_units_too(session, campaign_id):
    done = {"state": "done", "done_on": date(2025, 7, 10), "by_post": "联络员"}
    session.connection().execute(update(Assignment).values(**done))

    found = facts_of(session, campaign_id)

    assert len({one.unit for one in found.items}) == MOST_LISTED
    assert found.left == int(found.done.text) - MOST_LISTED
