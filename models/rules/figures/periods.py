"""The period that a figure is for: a year, a quarter, a month, or none."""

import re
from collections.abc import Iterator
from datetime import date

from models.rules.bounds import FIRST_DAY, LAST_DAY
from models.rules.calendar.days import half_width
from models.rules.words import Worded

QUARTERS = "一二三四"
_YEAR = re.compile(r"([0-9]{4})年?度?")
_QUARTER = re.compile(r"([0-9]{4})年?第?(?:[-.]?Q([1-4])|([一二三四1-4])季度?)", re.I)
_MONTH = re.compile(r"([0-9]{4})(?:年|[-./])?([0-9]{1,2})月?份?")
MOST_PERIODS = 240  # twenty years of months


class Per(Worded):
    """How often something is counted."""

    ONCE = "", "创建期内"
    YEAR = "year", "每年"
    QUARTER = "quarter", "每季度"
    MONTH = "month", "每月"


_PERS = {
    **{per.value: per for per in Per},
    **{per.chinese: per for per in Per},
    **{"年": Per.YEAR, "年度": Per.YEAR, "yearly": Per.YEAR},
    **{"季": Per.QUARTER, "季度": Per.QUARTER, "quarterly": Per.QUARTER},
    **{"月": Per.MONTH, "月度": Per.MONTH, "monthly": Per.MONTH},
}
EXAMPLES = {
    Per.ONCE: "空着（这项不分期）",
    Per.YEAR: "2025 这样的年份",
    Per.QUARTER: "2025Q1 这样的季度",
    Per.MONTH: "2025-03 这样的月份",
}


def per_of(word: str) -> Per:
    """Return how often ``word`` says; what is not known is counted once."""
    return _PERS.get(word.strip(), Per.ONCE)


def read_period(text: str, per: Per) -> str:
    """Return a period as it is kept, from 2025年, 2025Q1, 2025年第一季度, 2025年3月, 2025-03.

    Raises ValueError for what is no period of ``per``, or lies outside a campaign's years.
    """
    said = half_width("".join(text.split()))
    if per is Per.ONCE:
        if said:
            raise ValueError(text)
        return ""
    pattern = {Per.YEAR: _YEAR, Per.QUARTER: _QUARTER, Per.MONTH: _MONTH}[per]
    found = pattern.fullmatch(said)
    if not found or not FIRST_DAY.year <= int(found[1]) <= LAST_DAY.year:
        raise ValueError(text)
    if per is Per.YEAR:
        return found[1]
    if per is Per.QUARTER:
        part = found[2] or found[3]
        return f"{found[1]}Q{QUARTERS.index(part) + 1 if part in QUARTERS else part}"
    if not 1 <= int(found[2]) <= 12:
        raise ValueError(text)
    return f"{found[1]}-{int(found[2]):02d}"


def period_on(day: date, per: Per) -> str:
    """Return the period that ``day`` lies in."""
    return {
        Per.ONCE: "",
        Per.YEAR: f"{day.year}",
        Per.QUARTER: f"{day.year}Q{(day.month + 2) // 3}",
        Per.MONTH: f"{day.year}-{day.month:02d}",
    }[per]


def period_before(period: str) -> str:
    """Return the period before; "" of what has none."""
    if not period:
        return ""
    year = int(period[:4])
    if "Q" in period:
        quarter = int(period[-1])
        return f"{year}Q{quarter - 1}" if quarter > 1 else f"{year - 1}Q4"
    if "-" in period:
        month = int(period[5:])
        return f"{year}-{month - 1:02d}" if month > 1 else f"{year - 1}-12"
    return str(year - 1)


def periods_between(first: date, last: date, per: Per) -> list[str]:
    """Return the periods from the one of ``first`` to the one of ``last``, in their order; the latest 240."""
    return list(_back(period_on(last, per), period_on(first, per)))[::-1]


def _back(period: str, first: str) -> Iterator[str]:
    yield period
    for _ in range(MOST_PERIODS - 1):
        period = period_before(period)
        if not period or period < first:
            return
        yield period


def is_over(period: str, today: date) -> bool:
    """Say whether ``period`` has ended on ``today``; what has no period never has."""
    if not period:
        return False
    per = Per.QUARTER if "Q" in period else Per.MONTH if "-" in period else Per.YEAR
    return period < period_on(today, per)


def period_in_words(period: str) -> str:
    """Return a period as an office says it: 2025年, 2025年第一季度, 2025年3月; 创建期内 for none."""
    if not period:
        return Per.ONCE.chinese
    if "Q" in period:
        return f"{period[:4]}年第{QUARTERS[int(period[-1]) - 1]}季度"
    if "-" in period:
        return f"{period[:4]}年{int(period[5:])}月"
    return f"{period}年"
