"""Lights: which colour an item has on a day, as dates that one SQL statement can compare with."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.calendar.workdays import WorkCalendar
from models.rules.words import FINISHED, Light, Progress

NEAR_DUE_WORKDAYS = 5  # blue: a working week before it is due
BEHIND_AFTER = 2 / 3  # yellow: two thirds of its time are gone and nothing has begun


@dataclass(frozen=True, slots=True)
class LightDays:
    """The days that decide lights on ``today``."""

    today: date
    near_until: date


def light_days(today: date, calendar: WorkCalendar) -> LightDays:
    """Return the days to compare with on ``today``."""
    return LightDays(today, calendar.due_within(today, NEAR_DUE_WORKDAYS))


def begin_by(begin: date | None, due: date | None) -> date | None:
    """Return the day by which work must have begun so as not to be behind; None without both days."""
    if begin is None or due is None or due <= begin:
        return due
    return begin + timedelta(days=int((due - begin).days * BEHIND_AFTER))


def light(state: Progress, due: date | None, begin: date | None, days: LightDays) -> Light:
    """Return the light of one item; the same rule as `models.campaign.lights.light_case`, for one row.

    Red: past due and not done. Yellow: not begun although ``begin`` (see `begin_by`) has passed.
    Blue: due within a working week. Green: everything else, and whatever is done or does not apply.
    """
    if state in FINISHED or due is None:
        return Light.GREEN
    if due < days.today:
        return Light.RED
    if state == Progress.OPEN and begin is not None and begin < days.today:
        return Light.YELLOW
    return Light.BLUE if due <= days.near_until else Light.GREEN
