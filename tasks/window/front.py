"""The first page of the window: every campaign in one line, the worst first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.calendar.calendar import work_calendar
from models.campaign.every import CampaignLine, every_campaign, worst_first
from models.campaign.rounds import patrols_until
from models.database import open_session
from models.rules.lights import light_days
from tasks.window.lines import PatrolLine, patrol_line


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Every campaign in one line: those under way, the worst first, then demonstrations; those that ended."""

    today: date
    under_way: Sequence[CampaignLine]
    ended: Sequence[CampaignLine]
    patrol: PatrolLine


def front_page(today: date, campaign_id: int | None = None) -> FrontPage:
    """Return the first page, or only the line of ``campaign_id``; three statements for any number of campaigns.

    Campaigns are of one office: who has most to do stands first. Units are never put in such an order.
    """
    with open_session(read_only=True) as session:
        calendar = work_calendar(session)
        found = every_campaign(session, light_days(today, calendar))
        patrols = patrols_until(session, today)
    shown = [one for one in found if campaign_id in (None, one.id)]
    return FrontPage(
        today,
        sorted((one for one in shown if one.is_open), key=worst_first),
        [one for one in shown if not one.is_open],
        patrol_line(patrols, today, calendar),
    )
