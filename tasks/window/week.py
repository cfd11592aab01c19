"""What is late and what is due this week, all of it, some hundred things a page."""

from dataclasses import dataclass
from datetime import date

from models.calendar.calendar import work_calendar
from models.campaign.due_groups import Cut, due_groups
from models.campaign.front import marked_campaign
from models.database import open_session
from models.rules.lights import light_days
from tasks.patrol.board import end_of_week
from tasks.window.lines import BoardHeading, DueLines, due_lines, found_or_raise, heading

PAGE = 36  # things of each side on a page: even with the longest names it stays light


@dataclass(frozen=True, slots=True)
class WeekPage:
    """What is late and what is due until ``until``, from thing ``skip`` on; ``next_from`` None on the last page."""

    heading: BoardHeading
    until: date
    reds: DueLines
    soon: DueLines
    skip: int = 0

    @property
    def next_from(self) -> int | None:
        """Return where the next page begins, None where there is none."""
        most = max(self.reds.things, self.soon.things)
        return self.skip + PAGE if most > self.skip + PAGE else None


def week_page(slug: str, today: date, skip: int = 0) -> WeekPage:
    """Return what is late and what is due in the week of ``today``; three statements at any size.

    Raises NotFoundError.
    """
    until = end_of_week(today)
    with open_session(read_only=True) as session:
        campaign = found_or_raise(marked_campaign(session, slug, today), slug)
        calendar = work_calendar(session)
        days = light_days(today, calendar)
        groups = due_groups(session, campaign.id, days, until, Cut(PAGE, PAGE, skip))
    return WeekPage(
        heading(campaign, today, calendar),
        until,
        due_lines([one for one in groups if one.late], today, calendar),
        due_lines([one for one in groups if not one.late], today, calendar),
        skip,
    )
