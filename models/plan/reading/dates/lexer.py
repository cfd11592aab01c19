"""Where a text names times: found once for each text, and asked for by all who read dates in it."""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from models.plan.reading.dates.forms import OF_SHORT_YEAR, REMEMBERED, read_point
from models.plan.reading.dates.points import Point
from models.plan.reading.dates.words import (
    BEFORE,
    FESTIVALS,
    FIVE_YEARS,
    NO_FIXED_DAY,
    RELATIVE,
    VAGUE_EVENT,
)
from models.plan.reading.text.patterns import pattern
from models.plan.vocabulary import Vocabulary, in_force

VEIL = "▒"


class Kind(Enum):
    """What the words of a time are."""

    IN_YEAR = "a part of a year, with or without the year: 2026年6月, 年底, 第三季度, 国庆节, 汛期"
    YEAR = "a year and nothing behind it: 2026年, 次年"
    FIRST_YEAR = "the first year of several: 2024—2026年"
    DOTTED = "numbers with a dot: 2026.6, 3.15前"


@dataclass(frozen=True, slots=True)
class Time:
    """Words that begin a time: their place and kind, and the point that they and what follows them mean."""

    start: int
    end: int
    kind: Kind
    point: Point | None

    @property
    def stop(self) -> int:
        """Return the offset behind all its words, of 2026年6月15日 behind 日, as far as they are read."""
        return max(self.end, self.point.end if self.point else 0)

    @property
    def has_year(self) -> bool:
        """Say whether a year is printed, or a word in place of one."""
        return self.point is not None and not self.point.without_year


_YEAR = rf"(?:(?:19|20)\d{{2}}年度?|[2-4]\d年{OF_SHORT_YEAR}|[一二]{{〇}}{{3}}年度?|(?:{'|'.join(RELATIVE)})度?)"
_LISTED = r"\d{1,2}[—至到](?=\d{1,2}月)|上[、和及与](?=下半年)|(?:\d{1,2}[、和及与])+(?=\d{1,2}月)|(?:第?[{四}1-4][、和及与至到—])+(?=第?[{四}1-4]季度)"
_MOON = r"(?:农历|阴历)(?:[正冬腊\d{一}]{1,3}月|年[底末]|岁末)"
_PARTS = rf"{_LISTED}|{_MOON}|(?:\d{{1,2}}|[{{一}}元正]{{1,3}})月份?|[本下]个?(?:月|季度)(?=[\d底末内上中下])|第?[{{四}}1-4]季度|[上下]半年|年[底末终内]"
_UNNAMED = FESTIVALS.replace("?P<festivals>", "?:")
_FIVE = FIVE_YEARS.replace("?P<economic>", "?:").replace("?P<publicity>", "?:")
_FIVE = _FIVE.replace("?P<close>", "?:").replace("?P<opening>", "?:").replace("?P<first>", "?:")
_IN_YEAR = rf"{_YEAR}[底末内]|(?:{_YEAR})?(?:{_PARTS}|{_UNNAMED})|{_FIVE}|(?={VAGUE_EVENT})(?:{NO_FIXED_DAY})"
_DOTTED = rf"(?:19|20)\d{{2}}[./]\d{{1,2}}(?!\d)|(?<!\.)\d{{1,2}}\.\d{{1,2}}(?=[日号]?{BEFORE})"
_FIRST_YEAR = r"(?:19|20)\d{2}(?=[—至到]{1,2}(?:19|20)\d{2}年)"
# None within a number or a longer word: 一年内, 二十四日.
_BEHIND = r"(?<![\d{一}半两几数多])"
_TIME = rf"{_BEHIND}(?:(?P<IN_YEAR>{_IN_YEAR})|(?P<YEAR>{_YEAR})|(?P<FIRST_YEAR>{_FIRST_YEAR})|(?P<DOTTED>{_DOTTED}))"


def times_in(text: str) -> tuple[Time, ...]:
    """Return the times that ``text`` (without white space) names, in the order of the text."""
    return _times_in(text, in_force())


def veiled(text: str) -> str:
    """Return ``text`` with ``VEIL`` for each character of its times: its form, whatever the dates are."""
    letters = [*text]
    for time in times_in(text):
        letters[time.start : time.stop] = VEIL * (time.stop - time.start)
    return "".join(letters)


@lru_cache(maxsize=REMEMBERED)
def _times_in(text: str, words: Vocabulary) -> tuple[Time, ...]:
    return tuple(
        Time(
            found.start(), found.end(), Kind[found.lastgroup or ""], read_point(text, found.start())
        )
        for found in pattern(_TIME).finditer(text)
    )
