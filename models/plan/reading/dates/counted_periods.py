"""Periods that are counted from a day: 印发之日起15日内, 印发后半年内, 启动阶段结束后1个月内."""

import re
from datetime import date, timedelta

from models.plan.reading.dates.dates import add_months
from models.plan.reading.dates.period import Period
from models.plan.reading.dates.resolving import Context
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.patterns import pattern

ISSUE = r"(?:自|从)?(?:本)?(?:实施|工作|行动)?{本件}?(?:正式)?(?:印发|下发|发布|公布|发文|施行)(?:之日)?(?:起|后|以后|之后|之日起)?"
WITHIN = r"(?P<count>{N}|半)(?P<unit>个?{周期}|个?自然日)(?:之内|以内|内)"
MOST_DAYS = 3700


def read_counted(text: str, context: Context, at: int) -> Period | None:
    """Read 印发之日起15日内; 印发后一个月内; 15个工作日内."""
    found = pattern(rf"(?P<issue>{ISSUE})?[，]?{WITHIN}").match(text, at)
    if found is None or (found["unit"] == "年" and len(found["count"]) == 4):  # 2026年内
        return None
    if found["issue"] is None:  # counted from something that is not given
        return Period(None, None, False, found[0], found.end(), "没有写明从哪天算起")
    return counted_from(context.issued, found, found[0], "不知道印发日期")


def counted_from(start: date | None, found: re.Match[str], raw: str, unknown: str) -> Period | None:
    """Return the period of a match of ``WITHIN`` from ``start`` on; ``unknown`` is why it has none."""
    if "工作日" in found["unit"]:
        return Period(start, None, False, raw, found.end(), "工作日需要节假日历")
    if start is None:
        return Period(None, None, False, raw, found.end(), unknown)
    end = _end(start, found["count"], found["unit"])
    return Period(start, end, False, raw, found.end(), None) if end else None


def _end(start: date, printed: str, unit: str) -> date | None:
    if printed == "半":
        return add_months(start, 6) if "年" in unit else start + timedelta(days=15)
    count = read_integer(printed)
    if count is None or count > MOST_DAYS:
        return None
    if "月" in unit:
        return add_months(start, count)
    if "年" in unit:
        return add_months(start, 12 * count) if count < 100 else start
    return start + timedelta(days=count * (7 if unit[-1] in "周期" else 1))
