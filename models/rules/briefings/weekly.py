"""When the draft of the week is due: on the last working day of each week."""

from datetime import date, timedelta

from models.rules.calendar.workdays import WorkCalendar

DAYS = 7  # of a briefing before which there was none


def draft_is_due(today: date, calendar: WorkCalendar, drafted_on: date | None) -> bool:
    """Say whether a draft is to be made on ``today``; ``drafted_on`` is when the last one was, or an issue.

    On a working day, when none is left in the week after it, or when a whole week went by without (the
    service was off): once a week, never twice.
    """
    if not calendar.is_workday(today):
        return False
    monday = today - timedelta(days=today.weekday())
    if drafted_on and drafted_on >= monday:
        return False
    sunday = monday + timedelta(days=6)
    last = calendar.count(today, sunday) == 0
    missed = drafted_on is not None and drafted_on < monday - timedelta(days=7)
    return last or missed


def briefing_days(today: date, last: date | None, since: date | None) -> tuple[date, date]:
    """Return the first and the last day of a briefing drafted ``today``.

    It goes on behind the ``last`` day of the issue before; the first one begins ``since``, a week ago
    where nobody said. Never empty: an issue of today may be followed by another of today.
    """
    if last:
        return min(last + timedelta(days=1), today), today
    return since or today - timedelta(days=DAYS - 1), today
