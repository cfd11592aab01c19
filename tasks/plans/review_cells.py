"""Columns of the review workbook: how each kind of value is shown in a cell, read back, and chosen."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.plan.reading.dates.forms import read_full_date
from models.rules.bounds import (
    A_DAY,
    LARGEST_NUMBER,
    LONGEST_PASSAGE,
    day_fault,
    number_fault,
    text_fault,
)
from models.rules.text import squeeze
from models.rules.words import DayOff, DocumentKind, Frequency, StageKind
from tasks.plans.part_cells import EXPECTED, read_parts, show_parts
from tasks.plans.unit_cells import names_typed, units_typed
from tasks.workbook.cells import CellError, as_day, as_number, as_text
from tasks.workbook.declaring import Column, Kind
from tasks.workbook.persons import person_in_post


def as_read(cell: Any) -> Any:
    """Return a cell as `PlanColumn.of` would give it: a day is a day, a whole number whole."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return "" if cell is None else cell


def _passage(cell: object) -> str:
    text = as_text(cell)
    if fault := text_fault(text, LONGEST_PASSAGE, lines=True):
        raise CellError(fault)
    return text


def _read_text(cell: object) -> str | None:
    return squeeze(_passage(cell)) or None


def _read_date(cell: object) -> date | None:
    try:
        return as_day(cell)
    except (ValueError, OverflowError):
        day = read_full_date(_read_text(cell) or "")  # the words of a document
        if day is None or day_fault(day):
            raise
        return day


def _read_number(cell: object) -> float | int | None:
    value = as_number(cell)
    return int(value) if value is not None and value.is_integer() else value


def _read_whole(cell: object) -> int | None:
    value = _read_number(cell)
    if value is not None and (fault := number_fault(value, -LARGEST_NUMBER, LARGEST_NUMBER)):
        raise CellError(fault)
    if isinstance(value, float):
        raise ValueError(value)
    return value


def _read_months(cell: object) -> list[int | None] | None:
    text = _read_text(cell)
    if text is None:
        return None
    months = [_read_whole(part) for part in re.split(r"[、,，]", text) if part]
    if any(month is None or not 1 <= month <= 12 for month in months):
        raise ValueError(text)
    return months


def _show_months(value: Any) -> str:
    months = value if isinstance(value, list) else [value] if value else []
    return "、".join(str(month) for month in months)


def _read_lines(cell: object) -> list[str]:
    return [line for each in _passage(cell).splitlines() if (line := squeeze(each))]


def show_where(where: str | None) -> str:
    """Return where something stands, as a clerk reads it: stage 3 -> 阶段3, task 2 -> 任务2."""
    return re.sub(r"^task (\d+)$", r"任务\1", re.sub(r"^stage (\d+)$", r"阶段\1", where or ""))


def read_where(cell: object) -> str | None:
    """Return the place a cell names, as the plan writes it: 阶段3 -> stage 3."""
    text = _read_text(cell)
    if text is None:
        return None
    return re.sub(r"^任务(\d+)$", r"task \1", re.sub(r"^阶段(\d+)$", r"stage \1", text))


@dataclass(frozen=True)
class PlanColumn(Column):
    """A column that shows the ``field`` of an item; ``needed`` must not be empty.

    Its kind of value: how it is read back, how it is shown, what is ``expected`` there, and why a
    line that was not read in the document is ``refused``.
    """

    name: str = ""
    longest: int = 0
    field: str = ""
    needed: bool = False
    read: Callable[[object], Any] = _read_text
    as_cell: Callable[[Any], Any] = lambda value: value
    expected: str = ""
    refused: Callable[[str], str] = lambda text: ""

    def of(self, value: Any) -> Any:
        """Return what a cell shows of a value that may be missing."""
        return "" if value is None else self.as_cell(value)


def _choice(table: dict[str, Any]) -> PlanColumn:
    names = {value: name for name, value in table.items()}

    def read(cell: object) -> Any:
        text = _read_text(cell)
        if text is not None and text not in table:
            raise ValueError(text)
        return table[text] if text else None

    words = f"“{'、'.join(table)}”之一"
    return PlanColumn(
        read=read, as_cell=lambda value: names.get(value, ""), expected=words, choices=tuple(table)
    )


TEXT = PlanColumn()
NAMES = PlanColumn(read=names_typed, as_cell="、".join)
UNITS = PlanColumn(read=units_typed, as_cell="、".join)
LINES = PlanColumn(read=_read_lines, as_cell="\n".join)
POST = PlanColumn(refused=person_in_post)
POSTS = PlanColumn(read=_read_lines, as_cell="\n".join, refused=person_in_post)
DATE = PlanColumn(read=_read_date, expected=f" {A_DAY}", kind=Kind.DAY)
PARTS = PlanColumn(read=read_parts, as_cell=show_parts, expected=EXPECTED)
NUMBER = PlanColumn(read=_read_number, expected="数字", kind=Kind.NUMBER)
WHOLE = PlanColumn(read=_read_whole, expected="整数", kind=Kind.NUMBER)
MONTHS = PlanColumn(
    read=_read_months, as_cell=_show_months, expected=" 1 至 12 的月份，多个用“、”隔开"
)
WHERE = PlanColumn(read=read_where, as_cell=show_where)
FLAG = _choice({"是": True, "否": False})
OPERATOR = _choice({"≥": ">=", "≤": "<=", ">": ">", "<": "<", "=": "=="})
CHANGE = _choice({"下降": "decrease", "上升": "increase"})
STAGE = _choice(
    {
        "启动": StageKind.LAUNCH,
        "实施": StageKind.IMPLEMENTATION,
        "自评": StageKind.SELF_EVALUATION,
        "巩固": StageKind.CONSOLIDATION,
        "验收": StageKind.ACCEPTANCE,
    }
)
FREQUENCY = _choice({one.chinese: one for one in Frequency})
DAY_OFF = _choice({one.chinese: one for one in DayOff})
DOCUMENT = _choice({one.chinese: one for one in DocumentKind})
