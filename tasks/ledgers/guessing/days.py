"""Days in a returned ledger that lack their year or became a number: the one they can be, or a fault."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.campaign.campaign import Campaign, begins_on, ends_on
from models.keys import key_of
from models.rules.bounds import A_DAY, shown
from models.rules.calendar.yearless import Span, days_within, number_short, written_short
from tasks.workbook.cells import SERIALS, as_day, as_text
from tasks.workbook.mending import Mended
from tasks.workbook.opening import Broken

DAY_ZERO = date(1899, 12, 31)  # of numbers before Excel's 29 February 1900
A_NUMBER = "是表格软件存下的数，按日期的序号认"


@dataclass(frozen=True, slots=True)
class LedgerSpans:
    """Between which days each day of a ledger can lie."""

    done: Span
    fact: Span
    promised: Span
    expires: Span = Span(None, None, "有效期可以是以后任何一年")


def ledger_spans(session: Session, campaign: Campaign, today: date) -> LedgerSpans:
    """Return the spans of a campaign as they are known on ``today``."""
    begins, ends = begins_on(session, key_of(campaign)), ends_on(session, key_of(campaign))
    first, last = campaign.evaluated_from, campaign.evaluated_until
    until = min(last, today) if last else today
    return LedgerSpans(
        _span(begins, today, "方案开始", "今天"),
        _span(first, until, "评估期开始", "今天" if until == today else "评估期结束"),
        _span(begins, ends, "方案开始", "结束"),
    )


def _span(first: date | None, last: date | None, begin: str, end: str) -> Span:
    if first is None or last is None:
        return Span(None, None, f"没有登记{begin if first is None else '方案结束'}的日期")
    return Span(first, last, f"从{begin}（{first}）到{end}（{last}）")


def mended_day(cell: object, span: Span) -> Mended | None:
    """Return the day that a cell means without saying it whole; None where it says it, or means none.

    A day that can be of two years, or of none within ``span``, holds nothing: its row is returned.
    """
    if isinstance(cell, date) and cell.year > DAY_ZERO.year + 1:
        return None  # nearly every cell
    number = _number(cell)
    if number is None and (not isinstance(cell, str) or isinstance(cell, Broken)):
        return None
    if _says_a_day(cell):
        return Mended(as_day(cell), A_NUMBER) if _is_serial(cell) else None
    written = written_short(as_text(cell)) if number is None else number_short(number)
    if not written:
        return None
    given = as_text(cell) if number is None else f"{number:.10g}"
    days = days_within(written, span)
    if len(days) == 1 and len({one[1:] for one in written}) == 1:
        return Mended(days[0], f"没有写全年份，{span.words}只能是这一年")
    return Mended(
        Broken(given, f"写的是“{shown(given)}”，{_why(days, written, span)}；应为 {A_DAY}")
    )


def _why(days: list[date], written: list[tuple[int | None, int, int]], span: Span) -> str:
    if len(monthly := dict.fromkeys(one[1:] for one in written)) > 1:
        either = "或".join(f" {month}月{day}日" for month, day in monthly)
        return f"可能是{either}，看不出是哪一天"
    if days:
        return f"没有写年份，可能是 {' 或 '.join(map(str, days))}"
    if span.first is None:
        return f"没有写全年份，{span.words}，看不出是哪一年"
    return f"没有写全年份，{span.words}没有这一天"


def _number(cell: object) -> float | None:
    """Return the number that a cell holds: itself, or the one that is shown as a day of 1900."""
    if isinstance(cell, date):
        return number_of_day(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    return None


def number_of_day(day: date) -> float:
    """Return the number that a spreadsheet shows as ``day`` of the year 1900, its hour the part behind the point."""
    if not isinstance(day, datetime):
        return float((day - DAY_ZERO).days)
    seconds = (day.hour * 60 + day.minute) * 60 + day.second + day.microsecond / 1e6
    return round((day.date() - DAY_ZERO).days + seconds / 86_400, 6)


def _says_a_day(cell: object) -> bool:
    try:
        return as_day(cell) is not None
    except (ValueError, OverflowError):
        return False


def _is_serial(cell: object) -> bool:
    text = as_text(cell).partition(".")[0]
    return text.isdecimal() and int(text) in SERIALS
