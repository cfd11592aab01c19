"""Months and quarters that stand in a list: 4月、5月和6月, 6、9、12月, 二、三季度; and 2026.4-10."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from models.plan.reading.dates.period import Period
from models.plan.reading.dates.resolving import Context
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.patterns import pattern

AND = r"(?:[、和及与]|以及)"
_YEAR = r"(?:(?:19|20)\d{2}年|[一二]{〇}{3}年|[今明本次后]年|当年|同年)?度?"
_MONTH = r"(?:\d{1,2}|{一}{1,3})"
_PART = r"(?:底|末|初|上旬|中旬|下旬|中)?"
_QUARTER = r"第?[{四}1-4]"
MONTHS = rf"(?:{_MONTH}(?:月份?{_PART})?{AND})+{_MONTH}月份?{_PART}(?!\d)(?![—至到])"
QUARTERS = rf"(?:{_QUARTER}(?:季度[末底]?)?{AND})+{_QUARTER}季度[末底]?(?![—至到])"

HALVES = rf"上(?:半年)?{AND}下半年"


@dataclass(frozen=True, slots=True)
class Listed:
    """Times of one list, each written out (6月, 9月, 12月底), and the offset behind them."""

    year: str
    times: tuple[str, ...]
    end: int
    raw: str
    first: int
    last: int  # months or quarters of the year
    steps: tuple[int, ...]  # how many lie between one and the next

    @property
    def with_year(self) -> tuple[str, ...]:
        """Return the times, each with the year that is printed once for all: 2026年6月、12月."""
        rising = sum(self.steps) == self.last - self.first
        return tuple(self.year + time for time in self.times) if rising else self.times

    @property
    def is_range(self) -> bool:
        """Say whether each follows on the one before: 4月、5月."""
        return all(step == 1 for step in self.steps)


def listed_at(text: str, at: int = 0) -> Listed | None:
    """Return the list of times that begins at ``at``; None where fewer than two stand there."""
    found = pattern(
        rf"(?P<year>{_YEAR})(?:(?P<m>{MONTHS})|(?P<q>{QUARTERS})|(?P<h>{HALVES}))"
    ).match(text, at)
    if found is None:
        return None
    words = found["m"] or found["q"] or found["h"]
    noun = "月" if found["m"] else "季度" if found["q"] else "半年"
    pieces = pattern(AND).split(words)
    last = pattern(r"[底末中上下旬]*$").search(pieces[-1])
    rest = noun + (last[0] if last else "")
    times = tuple(piece if noun in piece else piece + rest for piece in pieces)
    numbers = [pattern(r"[{一}\d]{1,3}|[上下]").search(time) for time in times]
    values = [_value(number[0]) for number in numbers if number]
    around = {"月": 12, "季度": 4, "半年": 2}[noun]
    if not all(1 <= value <= around for value in values):
        return None
    steps = tuple((b - a) % around for a, b in zip(values, values[1:], strict=False))
    return Listed(
        found["year"], times, found.end(), text[at : found.end()], values[0], values[-1], steps
    )


def _value(printed: str) -> int:
    return "上下".index(printed) + 1 if printed in "上下" else read_integer(printed) or 0


def read_as_range(
    read: Callable[[str, Context, int], Period | None], text: str, context: Context, at: int
) -> Period | None:
    """Read a list of times as the period from the first to the last; None where there is no list.

    One with gaps (4月、6月) is ``fuzzy``.
    """
    lead = pattern(r"(?:自|从|由|于)?").match(text, at)
    listed = listed_at(text, lead.end() if lead else at)
    if listed is None:
        return None
    period = read(f"{listed.year}{listed.times[0]}至{listed.times[-1]}", context, 0)
    if period is None:
        return None
    why = period.fuzzy or (
        "" if listed.is_range else "几个时间不相连，按从第一个到最后一个读，请核对"
    )
    tail = pattern(r"(?:完成|结束|期间)?").match(text, listed.end)
    stop = tail.end() if tail else listed.end
    return replace(period, raw=text[at:stop], end_at=stop, fuzzy=why or None)
