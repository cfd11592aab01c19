"""Make the forecast (预计) of a campaign and keep it: it lights no lamp, asks nobody and goes up no ladder."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.calendar.calendar import work_calendar
from models.campaign.campaign import campaigns, open_campaign, writing_to
from models.database import open_session
from models.errors import CampaignError
from models.foresight.facts import foresight_items, foresight_stages
from models.foresight.forecast import keep_forecast
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.foresight.forecasting import forecast
from models.rules.foresight.values import Forecast
from tasks.foresight.saying import said_of


@dataclass(frozen=True, slots=True)
class Made:
    """A campaign by its names, and what was foreseen of it."""

    slug: str
    label: str
    forecast: Forecast


def foresee(slug: str | None, moment: Moment) -> Made:
    """Make the forecast of ``slug`` from what is registered now, and keep it in the place of one of the same day.

    Read in one transaction and written in another: nobody waits while it is drawn, and what is killed midway has
    written nothing. Raises NotFoundError, UnclearError or EndedError.
    """
    with open_session(read_only=True) as session:
        campaign = open_campaign(session, slug)
        calendar = work_calendar(session)
        items = foresight_items(session, key_of(campaign))
        stages = foresight_stages(session, key_of(campaign))
        name, label = campaign.slug, campaign.label
    made = forecast(items, stages, moment.today, calendar)
    dues = {(one.part, one.id): one.due for one in items}
    with writing_to(name) as (session, campaign):
        keep_forecast(session, key_of(campaign), made, dues, moment.now)
    return Made(name, label, made)


def foresee_all(slug: str | None, moment: Moment) -> Sequence[str]:
    """Make the forecast of every campaign under way, or of ``slug``; return a line each.

    On a day off nothing is made of all. One that fails keeps none of the others from theirs; where all fail, what
    the first one raised is raised.
    """
    with open_session(read_only=True) as session:
        working = work_calendar(session).is_workday(moment.today)
        slugs = [slug] if slug else [one.slug for one in campaigns(session)]
    if not working and not slug:
        return []
    lines, faults = [], []
    for one in slugs:
        try:
            made = foresee(one, moment)
            lines.append(f"{made.label}：{said_of(made.slug, moment.today)}")
        except CampaignError as fault:
            faults.append(fault)
            lines.append(f"{one}：没有预计，{fault}")
    if faults and len(faults) == len(slugs):
        raise faults[0]
    return lines
