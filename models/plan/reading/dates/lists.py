"""Times that stand in a list, 4月、5月和6月, 6、9、12月, 二、三季度; and the numbers and brackets of such lists."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from models.plan.reading.dates.ends import Period
from models.plan.reading.dates.points import Context
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
    """Times of one list as they are printed, each as it is meant (2026年12月底), and the offset behind them.

    ``span`` is the words from the first to the last; ``is_range`` that each follows on the one before.
    """

    times: tuple[str, ...]
    meant: tuple[str, ...]
    end: int
    span: str = ""
    is_range: bool = False


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
    steps = [(b - a) % around for a, b in pairwise(values)]
    year, rising = found["year"], sum(steps) == values[-1] - values[0]
    meant = tuple(year + time for time in times) if rising else times
    span = f"{year}{times[0]}至{times[-1]}"
    return Listed(times, meant, found.end(), span, all(step == 1 for step in steps))


_DAY = rf"(?:(?P<year>{_YEAR})(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})[日号]"
_A_DAY = rf"{_YEAR}\d{{1,2}}月\d{{1,2}}[日号]"
_FURTHER = rf"(?:{_YEAR}\d{{1,2}}月)?\d{{1,2}}[日号]"
DAYS = rf"(?<![—至到]){_A_DAY}(?:{AND}{_FURTHER})+(?![—至到])"


def days_listed_at(text: str, at: int = 0) -> Listed | None:
    """Return the list of days that begins at ``at``: 6月27日、9月30日、2026年1月5日."""
    found = pattern(DAYS).match(text, at)
    if found is None:
        return None
    days = list(pattern(_DAY).finditer(found[0]))
    year, month, before, meant = "", "", (0, 0), []
    for one in days:
        month = one["month"] or month
        here = int(month), int(one["day"])
        year = one["year"] or (year if here > before else "")
        meant.append(f"{year}{month}月{one['day']}日")
        before = here
    return Listed(tuple(one[0] for one in days), tuple(meant), found.end())


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
    period = read(listed.span, context, 0)
    if period is None:
        return None
    why = None if listed.is_range else "几个时间不相连，按从第一个到最后一个读，请核对"
    tail = pattern(r"(?:完成|结束|期间)?").match(text, listed.end)
    stop = tail.end() if tail else listed.end
    return replace(period, raw=text[at:stop], end_at=stop, fuzzy=period.fuzzy or why)


_DATE = r"(?:\d{1,2}月|(?:19|20)\d{2}[年.]|[一二]〇|年[底内]|[上下]半年|第?{四}季度)"
# A number in front of a part; 1.15前 is a day, 1.3月底前 none. Lines of a cell are put together without a mark.
_BARE = r"(?P<n>\d{1,2})[.．、](?!\d{1,2}(?!\d|月))"
_NUMBER = rf"(?:^|(?<=[；。，]))(?:{_BARE}|(?P<h>\d{{1,2}})）)|(?<={{H}})(?P<g>\d{{1,2}})[.．](?={_DATE})|（(?P<b>\d{{1,2}})）|(?P<c>{{①}})"


def without_numbers(text: str) -> str:
    """Return ``text`` without the numbers of its list: 1.3月底前制定；2.12月底前完成 -> 3月底前制定；12月底前完成.

    Only numbers that rise from 1 are taken away; 1 alone only before the words of a date, and 1、3月 alone is
    January and March.
    """
    found = list(pattern(_NUMBER).finditer(text))
    if not found or found[0].start() > 0:
        return text
    values = [_number(one.groupdict()) for one in found]
    alone = len(found) == 1
    if values[0] != 1 or any(b != a + 1 for a, b in pairwise(values)):
        return text
    if alone and (found[0][0].endswith("、") or not pattern(_DATE).match(text, found[0].end())):
        return text
    for one in reversed(found):
        front = text[: one.start()]
        glued = front and not pattern(r"[；。，：、]$").search(front)
        text = front + ("；" if glued else "") + text[one.end() :]
    return text


_IN_BRACKETS = r"(?:\d{1,2}|{一}{1,3})月|[上中下]旬|年?[底末]|第?{四}季度|[上下]半年"


def without_brackets(text: str) -> str:
    """Return ``text`` without the brackets around the rest of a date: 2026年（6月底前） -> 2026年6月底前."""
    return pattern(rf"(?<=[年月])（((?:{_IN_BRACKETS})[^（）]{{0,10}})）").sub(r"\1", text)


def _number(said: dict[str, str | None]) -> int:
    if said["c"]:
        return ord(said["c"]) - ord("①") + 1
    return int(said["n"] or said["b"] or said["h"] or said["g"] or 0)


def start_of_list(text: str, at: int) -> int:
    """Return where the list or range begins whose last time is at ``at``: 0 for 12月底前 in 6、9、12月底前."""
    month = r"(?:\d{1,2}|{一}{1,2})(?:月份?[底末]?)?"
    ahead = pattern(
        rf"(?:(?<![\d{{一}}月日])(?:(?:(?:19|20)\d{{2}}|[今明次当同])年)?{month}{AND}(?:{month}{AND})*)$"
    ).search(text[max(0, at - 30) : at])
    if ahead is None:
        ahead = pattern(_BEGUN).search(text[max(0, at - 30) : at])
    return max(0, at - 30) + ahead.start() if ahead else at


# The start of a range whose end is the date: 2026年11月至3月底完成.
_BEGUN = r"(?<![\d{一}])(?:(?:(?:19|20)\d{2}|[今明次当同])年)?\d{1,2}月(?:\d{1,2}[日号]|[底末初]|[上中下]旬)?(?:起|开始)?[—至到]{1,2}$"
