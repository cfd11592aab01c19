"""Which slogan a venue shows in which week: by the week's number and the venue's place, nothing drawn by lot."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.rules.calendar.days import days_after


@dataclass(frozen=True, slots=True)
class Showing:
    """What one venue shows in the week that begins on ``monday``; ``slogan`` is its place in the list."""

    monday: date
    venue: int
    slogan: int


def week_begins(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return days_after(day, -day.weekday())


def slogan_shown(slogans: int, venue: int, day: date) -> int:
    """Return the place (from 0) of the slogan that the venue at place ``venue`` shows on ``day``.

    Neighbours show different ones, each venue shows all of ``slogans`` in as many weeks, and the same
    arguments always give the same. ``slogans`` is at least 1.
    """
    return (week_begins(day).toordinal() // 7 + venue) % slogans


def rotation(venues: int, slogans: int, first: date, weeks: int) -> Iterator[Showing]:
    """Yield what ``venues`` show in ``weeks`` weeks from that of ``first`` on, week by week in their order."""
    monday = week_begins(first)
    for _ in range(weeks):
        for venue in range(venues):
            yield Showing(monday, venue, slogan_shown(slogans, venue, monday))
        monday = days_after(monday, 7)
