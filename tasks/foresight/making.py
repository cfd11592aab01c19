"""Keep the forecast (预计) of a campaign for all who read how it stands: it lights no lamp, asks nobody, goes up no ladder."""

from collections.abc import Sequence

from models.calendar.calendar import work_calendar
from models.campaign.campaign import campaigns, writing_to
from models.database import open_session
from models.errors import CampaignError
from models.foresight.forecast import keep_forecast
from models.keys import key_of
from models.rules.calendar.moment import Moment
from tasks.foresight.foreseeing import CampaignForecast, foresee_campaign


def keep_foreseen(slug: str | None, moment: Moment) -> CampaignForecast:
    """Foresee ``slug`` from what is registered now, and keep that in the place of what was foreseen on the same day.

    Read in one transaction and written in another: nobody waits while it is drawn, and what is killed midway has
    written nothing. Raises NotFoundError, UnclearError or EndedError.
    """
    seen = foresee_campaign(slug, moment.today)
    with writing_to(slug) as (session, campaign):
        keep_forecast(session, key_of(campaign), seen.found, seen.due, moment.now)
    return seen


def keep_all_foreseen(slug: str | None, moment: Moment) -> Sequence[str]:
    """Foresee every campaign under way, or ``slug``, and keep that; return a line each.

    On a day off nothing is foreseen of all. One that fails keeps none of the others from theirs; where all fail,
    what the first one raised is raised.
    """
    with open_session(read_only=True) as session:
        working = work_calendar(session).is_workday(moment.today)
        slugs = [slug] if slug else [one.slug for one in campaigns(session)]
    if not working and not slug:
        return []
    lines: list[str] = []
    faults: list[CampaignError] = []
    for one in slugs:
        try:
            seen = keep_foreseen(one, moment)
            lines.append(f"{seen.label}：{seen.line}")
        except CampaignError as fault:
            faults.append(fault)
            lines.append(f"{one}：没有预计，{fault}")
    if faults and len(faults) == len(slugs):
        raise faults[0]
    return lines
