"""Days as people write them, and reckoning that stays on the calendar."""

import re
from collections.abc import Iterable
from datetime import date

from models.rules.bounds import A_DAY, day_fault, shown

# 2025-07-01, 2025/7/1, 2025.7.1, 2025年7月1日; a form shows this pattern, so it holds no \d (which
# takes digits of any script).
WRITTEN = "[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
_DAY = re.compile(
    "([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
# Digits, letters and marks of a Chinese keyboard -> the same in half width.
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def half_width(text: str) -> str:
    """Return ``text`` with full-width digits, letters and marks in half width."""
    return text if text.isascii() else text.translate(HALF_WIDTH)


def read_day(text: str) -> date:
    """Return the day that ``text`` writes: 2025-07-01, 2025/7/1, 2025.7.1, 2025年7月1日, 20250701.

    In full width too, blanks around it left out. Raises ValueError with what was expected, also for
    a day outside the bounds.
    """
    found = _DAY.fullmatch(half_width(text[:40]).strip())
    try:
        day = date(*(int(part) for part in found.groups() if part)) if found else None
    except ValueError:  # 2026-02-30
        day = None
    if day is None or len(text) > 40:
        raise ValueError(f"写的是“{shown(text)}”，应为 {A_DAY}")
    if fault := day_fault(day):
        raise ValueError(fault)
    return day


def days_after(day: date, days: int) -> date:
    """Return the day ``days`` after ``day`` (before it when negative); the calendar's end beyond it."""
    ordinal = day.toordinal() + days
    return date.fromordinal(max(date.min.toordinal(), min(ordinal, date.max.toordinal())))


def spans_of(days: Iterable[date]) -> list[tuple[date, date, int]]:
    """Return ``days`` (in order) as spans of those that follow one another: first, last, how many."""
    spans: list[list[date]] = []
    for day in days:
        if spans and (day - spans[-1][-1]).days == 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    return [(span[0], span[-1], len(span)) for span in spans]
