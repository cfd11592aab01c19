"""A rehearsal as a page for a browser, and in Markdown for Prefect's window: nothing of it asks the network."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.rehearsal.comparing import ChangedMessage, changes_in_words
from models.rules.rehearsal.findings import (
    HeavyDay,
    ToLookAt,
    WeekOfRecipient,
    by_week,
    findings,
    heaviest,
    rehearsal_line,
)
from models.rules.rehearsal.values import Rehearsal, RehearsedMessage, WalkedDay
from notifications.rendering import render
from notifications.saying.message import without_marks

SHOWN_DAYS, SHOWN_CHANGES = 60, 500  # in Markdown; on a page
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class DayOfPage:
    """A day in the calendar: what it came to; ``weight`` from 0 to 4 says how heavy it is beside the heaviest."""

    day: date
    walked: WalkedDay | None
    weight: int = 0


@dataclass(frozen=True, slots=True)
class DayOfMessages:
    """The messages of a day as they are read: each with its words without Markdown's marks."""

    day: date
    weekday: str
    messages: Sequence[tuple[RehearsedMessage, str]]


@dataclass(frozen=True, slots=True)
class PageOfRehearsal:
    """What both pages are made of."""

    found: Rehearsal
    line: str
    findings: Sequence[ToLookAt]
    heaviest: Sequence[HeavyDay]
    months: Sequence[tuple[str, Sequence[Sequence[DayOfPage]]]]
    weeks: Sequence[WeekOfRecipient]
    changes: Sequence[ChangedMessage] | None = None

    @property
    def change_line(self) -> str:
        """Return how it differs from another; empty where it was compared with none."""
        return "" if self.changes is None else changes_in_words(self.changes)


def rehearsal_page_of(
    found: Rehearsal, changes: Sequence[ChangedMessage] | None = None
) -> PageOfRehearsal:
    """Return what the pages of a rehearsal show."""
    return PageOfRehearsal(
        found,
        rehearsal_line(found),
        findings(found),
        heaviest(found),
        list(_months(found)),
        by_week(found),
        changes,
    )


def html_of(page: PageOfRehearsal) -> str:
    """Return the page as one HTML file: every message with its full words, folded by day."""
    days = list(_by_day(page.found.messages))
    return render(
        "rehearsal/page.html.j2",
        page=page,
        days=days,
        shown_changes=SHOWN_CHANGES,
        weekdays=WEEKDAYS,
    )


def markdown_of(page: PageOfRehearsal) -> str:
    """Return the page in Markdown: what came of it, and the first days; what is left out is counted."""
    busy = [one for one in page.found.days if one.messages or one.stages]
    return render(
        "rehearsal/page.md.j2",
        page=page,
        busy=busy[:SHOWN_DAYS],
        more=max(0, len(busy) - SHOWN_DAYS),
    )


def _months(found: Rehearsal) -> Iterator[tuple[str, list[list[DayOfPage]]]]:
    """Yield each month that was walked, week by week from Monday; days outside it have nothing."""
    most = max((one.messages for one in found.days), default=0)
    months: dict[tuple[int, int], dict[date, WalkedDay]] = defaultdict(dict)
    for one in found.days:
        months[one.day.year, one.day.month][one.day] = one
    for (year, month), days in months.items():
        first = date(year, month, 1)
        monday = first - timedelta(days=first.weekday())
        following = date(year + month // 12, month % 12 + 1, 1)
        weeks = []
        while monday < following:
            week = [monday + timedelta(days=n) for n in range(7)]
            weeks.append([_day(day, days.get(day), most) for day in week])
            monday += timedelta(days=7)
        yield f"{year} 年 {month} 月", weeks


def _day(day: date, walked: WalkedDay | None, most: int) -> DayOfPage:
    count = walked.messages if walked else 0
    return DayOfPage(day, walked, -(-4 * count // most) if count else 0)


def _by_day(messages: Sequence[RehearsedMessage]) -> Iterator[DayOfMessages]:
    days: dict[date, list[RehearsedMessage]] = defaultdict(list)
    for one in messages:
        days[one.day].append(one)
    for day, of_day in days.items():
        read = [(one, without_marks(one.body)) for one in of_day]
        yield DayOfMessages(day, WEEKDAYS[day.weekday()], read)
