"""The dated parts of a deadline in one cell: 2026-06-30 完成摸排（6月底前）, one a line.

A line is a day or 待定, a blank, what is due, and in brackets at its end the plan's own words; what a
plan says may hold brackets too, so the last bracket is found from the end, and its words stand in
another kind of bracket where they would close their own.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from models.plan.schema import DeadlinePart
from models.rules.bounds import LONGEST_PASSAGE, day_fault, shown, text_fault
from models.rules.calendar.days import half_width
from tasks.workbook.cells import CellError, as_day, as_text

UNKNOWN = "待定"  # in place of the day of a part
EXPECTED = "一行一段，先写日期（没有定的写“待定”），空一格写事项，末尾括号里写原文的时限"

FENCES = (
    "（）",
    "【】",
    "〔〕",
    "「」",
    "“”",
)  # the first that reads back as it was written is used
_SAME = str.maketrans("()", "（）")
_DAY = re.compile(
    rf"(?:{UNKNOWN}|\d{{8}}|\d{{4}}\s*[-/.年]\s*\d{{1,2}}\s*[-/.月]\s*\d{{1,2}}\s*日?)(?=\s|（|$|(?<=日))"
)


def show_parts(parts: Iterable[DeadlinePart]) -> str:
    """Return dated parts, one a line; one without its day has 待定."""
    return "\n".join(f"{part.date or UNKNOWN} {part.what}{_fenced(part.raw)}" for part in parts)


def read_parts(cell: object) -> list[dict[str, Any]]:
    """Return the parts of a cell as values; what ends with no bracket was written as its day is.

    Raises CellError, which names the line, what stands in it and what belongs there.
    """
    text = as_text(cell)
    if fault := text_fault(text, LONGEST_PASSAGE, lines=True):
        raise CellError(fault)
    return [
        _part(line.strip(), number)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]


def _part(line: str, number: int) -> dict[str, Any]:
    found = _DAY.match(half_width(line).translate(_SAME))
    if found is None:
        raise CellError(f"第 {number} 段“{shown(line)}”没有先写日期，应为{EXPECTED}")
    printed, rest = line[: found.end()], line[found.end() :].strip()
    opens = _last_fence(rest)
    if opens is None:
        raise CellError(f"第 {number} 段“{shown(line)}”末尾的括号不成对，应为{EXPECTED}")
    what, raw = rest[:opens].strip(), rest[opens + 1 : -1] if opens < len(rest) else printed
    return {"date": _day(printed, line, number), "what": what, "raw": raw}


def _day(printed: str, line: str, number: int) -> date | None:
    if printed == UNKNOWN:
        return None
    words = f"第 {number} 段“{shown(line)}”的日期“{printed}”"
    try:
        day = as_day("".join(printed.split()))
    except (ValueError, OverflowError):
        raise CellError(f"{words}不存在或不在活动可能的年份里") from None
    if day is not None and (fault := day_fault(day)):
        raise CellError(f"{words}{fault}")
    return day


def _last_fence(text: str) -> int | None:
    """Return where the bracket opens that closes at the end, the end where none does, None where it never opens."""
    text, depth = text.translate(_SAME), 0
    fence = next((fence for fence in FENCES if text.endswith(fence[1])), None)
    if fence is None:
        return len(text) if not _is_open(text) else None
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == fence[1]) - (text[at] == fence[0])
        if not depth:
            return at
    return None


def _is_open(text: str) -> bool:
    """Say whether the last round bracket is never closed: 完成摸排（6月底前."""
    return text.rfind("（") > text.rfind("）")


def _fenced(raw: str) -> str:
    """Return ``raw`` in the first kind of brackets out of which it is read again."""
    kinds = (fence[0] + raw + fence[1] for fence in FENCES)
    return next((each for each in kinds if _last_fence("（" + each) == 1), f"（{raw}）")
