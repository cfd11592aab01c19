"""Read the State Council's notice on a year's holidays as it is written, whatever it was copied from.

    一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
    二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。…

Blanks and line breaks say nothing. A day that is not understood is a fault, never left out.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.calendar.arrangement import FESTIVALS, WEEKDAYS, Arrangement, Holiday, Reading
from models.rules.calendar.days import half_width

_SHORT = {name.removesuffix("节"): name for name in FESTIVALS if name not in ("元旦", "春节")}
_NAME = "(?:" + "|".join([*FESTIVALS, *(f"{short}(?!节)" for short in _SHORT)]) + ")"
_HEADING = re.compile(
    f"(?:^|(?<=[、.。;——\\d]))(?P<names>{_NAME}(?:[、和与]{_NAME})*)(?:假期|放假)?:"
)
_END = re.compile("(?:节假日|假日)期间|国务院办公厅\\d{4}年|特此通知|鼓励(?=各单位)")
_YEAR = (
    re.compile("关于(\\d{4})年[^。]{0,20}?(?:节假日|放假)"),
    re.compile("现将(\\d{4})年(?:部分|元旦)"),
    re.compile("^\\D{0,20}(\\d{4})年[^。]{0,12}?(?:节假日|放假)"),
)
_NUMBER = re.compile("(国办[\u4e00-\u9fff]{1,6})[〔\\[(【](\\d{4})[〕\\])】]第?(\\d{1,4})号")
_DAY = "(?:(?:\\d{4}年)?\\d{1,2}月)?\\d{1,2}日(?:\\([^()]*\\))?"
_SPAN = f"{_DAY}(?:(?:至|到|-|—+|~){_DAY})?"
_SAID = re.compile(
    f"(?P<days>{_SPAN}(?:[、,和及]{_SPAN})*),?(?:均|正常|照常|调休)?(?P<deed>放假|补休|补假|调休|上班)"
    "(?:调休)?(?:(?P<only>[\\d一二三四五六七八九十]+)天)?(?:(?:调休)?,?(?:共|计)(?P<all>[\\d一二三四五六七八九十]+)天)?"
)
_ONE = re.compile("(?:(?:(\\d{4})年)?(\\d{1,2})月)?(\\d{1,2})日(?:\\(([^()]*)\\))?")
_WEEKDAY = re.compile("(?:周|星期)([一二三四五六日天])")
_NUMERALS = {word: n for n, word in enumerate("一二三四五六七八九十", 1)}


@dataclass(slots=True)
class _Reader:
    """Days are read one after the other: one without a month has the month of the day before it."""

    year: int
    faults: list[str]
    name: str = ""
    last: tuple[int, int] = (0, 0)  # year and month

    def days(self, words: str) -> list[date]:
        """Return the days of a span or list, in its order."""
        found: list[date] = []
        for span in re.finditer(_SPAN, words):
            ends = [self._day(one) for one in _ONE.finditer(span[0])]
            if None in ends:
                continue
            first, last = ends[0], ends[-1]
            if first is None or last is None:
                continue
            length = (last - first).days
            if not 0 <= length < 60:
                self.say(f"“{span[0]}”的起止不对")
                continue
            found += [first + timedelta(days=n) for n in range(length + 1)]
        return found

    def _day(self, found: re.Match[str]) -> date | None:
        written_year, written_month, number, said = found.groups()
        year, month = self.last
        if written_month:
            month = int(written_month)
            before = month == 12 and self.name == "元旦"
            year = int(written_year) if written_year else self.year - before
        try:
            day = date(year, month, int(number))
        except ValueError:
            self.say(f"没有“{found[0]}”这一天")
            return None
        self.last = year, month
        weekday = _WEEKDAY.search(said or "")
        if weekday and (meant := weekday[1].replace("天", "日")) != WEEKDAYS[day.weekday()]:
            really = WEEKDAYS[day.weekday()]
            self.say(f"{day.month}月{day.day}日写的是周{meant}，{day.year} 年这一天是周{really}")
        return day

    def say(self, words: str) -> None:
        """Keep a fault of the holiday that is read."""
        self.faults.append(f"{self.name}：{words}")


def read_arrangement(text: str, year: int | None = None) -> Reading:
    """Return what ``text`` says, with every fault of its reading.

    ``year`` is taken where the text does not name its own; two that differ are a fault.
    """
    plain = _plain(text)
    written = next((int(m[1]) for pattern in _YEAR if (m := pattern.search(plain))), None)
    if written and year and written != year:
        return Reading(None, [f"文中写的是 {written} 年，填的是 {year} 年"])
    headings = list(_HEADING.finditer(plain))
    if not headings:
        return Reading(None, ["没有找到“一、元旦：1月1日放假……”这样的条目，请用通知全文"])
    meant = written or year
    if meant is None:
        return Reading(None, ["文中没有写是哪一年，请连标题一起，或另外写明年份"])
    reader = _Reader(meant, [])
    holidays = []
    for n, heading in enumerate(headings):
        until = headings[n + 1].start() if n + 1 < len(headings) else len(plain)
        names = tuple(festival_of(name) for name in re.findall(_NAME, heading["names"]))
        holidays.append(_read_one(reader, names, plain[heading.end() : until]))
    return Reading(Arrangement(meant, number_in(text), tuple(holidays)), reader.faults)


def number_in(text: str) -> str:
    """Return the notice's number as it stands in ``text``: 国办发明电〔2025〕7号; empty where there is none."""
    found = _NUMBER.search(_plain(text))
    return f"{found[1]}〔{found[2]}〕{int(found[3])}号" if found else ""


def festival_of(name: str) -> str:
    """Return the festival that ``name`` (清明, 清明节) stands for; empty where it is none."""
    return _SHORT.get(name, name if name in FESTIVALS else "")


def _plain(text: str) -> str:
    return "".join(half_width(text).split())


def _read_one(reader: _Reader, names: tuple[str, ...], body: str) -> Holiday:
    """Return one holiday as its paragraph says it; faults go to the reader."""
    reader.name, reader.last = "、".join(names), (reader.year, 0)
    end = _END.search(body)
    body = body[: end.start()] if end else body
    off: list[date] = []
    worked: list[date] = []
    for said in _SAID.finditer(body):
        days = reader.days(said["days"])
        if said["deed"] == "上班":
            worked += days
            continue
        off += days
        counted = said["all"] or said["only"]
        if counted and days and _count(counted) != len(days):
            reader.say(f"写的是 {_count(counted)} 天，“{said['days']}”是 {len(days)} 天")
    left = _SAID.sub("", body)
    if lost := re.search(_DAY, left):
        reader.say(f"没有读懂“{left[max(0, lost.start() - 8) : lost.end() + 8]}”")
    return Holiday(names, tuple(sorted(set(off))), tuple(sorted(worked)))


def _count(word: str) -> int:
    if word.isdecimal():
        return int(word)
    tens, _, ones = word.rpartition("十")
    if "十" not in word:
        return _NUMERALS[word]
    return 10 * (_NUMERALS.get(tens, 1)) + _NUMERALS.get(ones, 0)
