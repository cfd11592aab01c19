"""The draft of the week, for every campaign that wants one."""

from collections.abc import Sequence

from models.calendar.calendar import work_calendar
from models.campaign.campaign import campaigns, looking_at
from models.database import open_session
from models.errors import CampaignError
from models.keys import key_of
from models.papers.briefings.issue import briefing_issues
from models.papers.briefings.settings import weekly_campaigns
from models.rules.briefings.weekly import draft_is_due
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE
from tasks.papers.briefings.issuing import NOTHING_NEW, draft_briefing
from tasks.papers.briefings.sent import collect_items


def draft_the_week(moment: Moment) -> Sequence[str]:
    """Draft a briefing of each campaign under way that wants one, where one is due today; return a line each.

    What units sent by folder and mail is taken in first. Repeatable: drafted this week, it is not drafted
    again. A draft has no number; the office hears in its weekly notice that it waits.
    """
    with open_session(read_only=True) as session:
        found = {key_of(one): (one.slug, one.label) for one in campaigns(session)}
        wanted = weekly_campaigns(session, list(found))
    return [
        f"{found[one][1]}：{line}" for one in wanted for line in _drafted(found[one][0], moment)
    ]


def _drafted(slug: str, moment: Moment) -> list[str]:
    with looking_at(slug) as (session, campaign):
        days = [
            day
            for one in briefing_issues(session, key_of(campaign))
            for day in (one.made_on, one.issued_on)
            if day
        ]
        due = draft_is_due(moment.today, work_calendar(session), max(days, default=None))
    if not due:
        return []
    collected = collect_items(slug, OFFICE, moment)
    lines = list(collected.faults)
    try:
        made = draft_briefing(slug, None, OFFICE, moment)
    except CampaignError as none:
        if str(none) != NOTHING_NEW:
            raise
        return [*lines, NOTHING_NEW]
    count = len(made.issue.content.articles)
    return [*lines, f"简报第 {made.issue.draft} 稿，{count} 篇，待确认"]
