"""Lists in the words of a deadline: numbers in front of its parts, and months that stand side by side."""

from itertools import pairwise

from models.plan.reading.dates.listed_times import AND
from models.plan.reading.text.patterns import pattern

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
    values = [_value(one.groupdict()) for one in found]
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


def _value(said: dict[str, str | None]) -> int:
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
