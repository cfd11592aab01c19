"""A campaign with a pace: what was due is done or late, and something is due this month."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from models.campaign.work import Assignment, Indicator
from models.database import open_session
from models.settings import moment_of
from tests.support.alerts import at
from tests.support.fill import fill_indicators

DAY = date(2025, 9, 10)  # a Wednesday
MOMENT = moment_of(at(DAY, 8), DAY)


def pace(campaign_id: int, day: date = DAY, weeks: int = 12) -> None:
    """Give every unit an indicator a week, done on time but for every third unit's, and one due soon after ``day``."""
    first = day - timedelta(weeks=weeks, days=2)
    with open_session() as session:
        fill_indicators(session, campaign_id, weeks + 1, due=day + timedelta(days=9))
        for place, parts in enumerate(_by_indicator(session, campaign_id)):
            due = first + timedelta(weeks=place)
            if place == weeks:
                continue
            for unit, part in enumerate(parts):
                part.due, part.begin_by = due, due - timedelta(days=5)
                if unit % 3:
                    part.state, part.done_on = "done", due - timedelta(days=1)


def _by_indicator(session: Session, campaign_id: int) -> list[list[Assignment]]:
    query = (
        select(Assignment)
        .join(Indicator, col(Indicator.id) == Assignment.indicator_id)
        .where(Assignment.campaign_id == campaign_id)
        .order_by(col(Assignment.indicator_id), col(Assignment.unit_id))
    )
    found: dict[int | None, list[Assignment]] = {}
    for part in session.exec(query):
        found.setdefault(part.indicator_id, []).append(part)
    return list(found.values())
