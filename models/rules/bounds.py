"""How large and how odd a value may be: one table for commands, forms, lists and plans.

Within these bounds SQLite, PostgreSQL, JSON, Excel and Prefect's own lists hold everything, and no
reckoning with days leaves the calendar.
"""

import re
from datetime import date
from math import isfinite

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
LARGEST_NUMBER = 2_147_483_647  # PostgreSQL's integer
LARGEST_AMOUNT = 999_999_999_999  # a target's value: a float that still counts in ones
LARGEST_PORT = 65_535

# In characters, ordered from short to long.
LONGEST_PERSON = 40
LONGEST_POST = 60
LONGEST_NAME = 100  # of a unit, a group, a stage
LONGEST_TAG = 120  # with what goes before or after a name: W5/市司法局, 市司法局-负责人
LONGEST_NOTE = 500  # a reason, a remark
LONGEST_TYPED = 2_000  # what a decider's form takes before the rule asks for a shorter reason
LONGEST_PASSAGE = 30_000  # a sentence of a plan; a cell of Excel ends at 32,767

LONGEST_FILE_NAME = 220  # bytes; systems end at 255, and a draft has a longer name
LONGEST_PATH = 4_000  # bytes

SHOWN = 40  # characters of a refused value that are repeated to whoever typed it

A_DAY = f"2025-07-21 这样的日期（{FIRST_DAY.year} 至 {LAST_DAY.year} 年）"

# Parts of patterns, here and in the schema of every form: what breaks a line; control characters, halves
# of a character, and what XML has no place for; what makes the rest of a line be read backwards, so that
# "fdp.exe" looks like "exe.pdf" and a footnote of the report stands on its head. The marks that only part
# directions come with a path pasted in Windows, and stay.
BREAKS = "\\t\\n\\r\\u0085\\u2028\\u2029"
UNFIT = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff"
TURNING = "\\u202b\\u202d\\u202e\\u2067"
UNSEEN = re.compile(f"[{UNFIT}]")  # a text of ours holds none
_BREAKS = re.compile(f"[{BREAKS}]")
_TURNING = re.compile(f"[{TURNING}]")
_OUT_OF_SIGHT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def day_fault(day: date) -> str:
    """Return what is wrong with ``day``; empty when it can be a day of a campaign."""
    return "" if FIRST_DAY <= day <= LAST_DAY else f"写的是“{day}”，应为 {A_DAY}"


def year_fault(year: int) -> str:
    """Return what is wrong with ``year``; empty when a campaign can have a day in it."""
    first, last = FIRST_DAY.year, LAST_DAY.year
    return "" if first <= year <= last else f"写的是 {year} 年，应为 {first} 至 {last} 年"


def number_fault(number: float, smallest: float, largest: float) -> str:
    """Return what is wrong with ``number``; empty when it is one within both bounds."""
    if isfinite(number) and smallest <= number <= largest:
        return ""
    return f"写的是“{shown(str(number))}”，应为 {smallest} 到 {largest}"


def text_fault(text: str, longest: int, *, lines: bool = False) -> str:
    """Return what is wrong with ``text``, without repeating it; empty when it will do.

    ``lines`` allows line breaks and tabs. Blank text is no fault.
    """
    if len(text) > longest:
        return f"有 {len(text)} 个字，最多 {longest} 个字"
    if text.isprintable():
        return ""
    if UNSEEN.search(text):
        return "里有不能显示的字符（控制字符或残缺的字），请重新输入"
    if _TURNING.search(text):
        return "里有让字倒着显示的字符，看到的和写下的不一样，请重新输入"
    if not lines and _BREAKS.search(text):
        return "应写在一行里，不能换行"
    return ""


def shown(text: str) -> str:
    """Return ``text`` short and printable enough to be repeated in one line."""
    seen = "".join(mark if mark.isprintable() or mark == "\u3000" else "□" for mark in text[:SHOWN])
    return seen + ("……" if len(text) > SHOWN else "")


def in_sight(text: str, *, lines: bool = True) -> str:
    """Return ``text`` with □ for what would steer a terminal or turn a line around; nothing is cut off.

    Line breaks and tabs stay, but for a name (``lines=False``), which would pretend to be two.
    """
    seen = _OUT_OF_SIGHT.sub("□", text)
    return seen if lines else _BREAKS.sub("□", seen)
