"""Cells of the review workbook: how a value is shown, how it comes back, what may be chosen."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.plan.dates import read_full_date
from models.rules.bounds import (
    A_DAY,
    LARGEST_AMOUNT,
    LARGEST_NUMBER,
    LONGEST_NAME,
    LONGEST_PASSAGE,
    day_fault,
    number_fault,
    shown,
    text_fault,
)
from models.rules.words import DocumentKind, Frequency, StageKind
from tasks.workbook.cells import as_day

STAGE_KINDS = {
    "启动": StageKind.LAUNCH,
    "实施": StageKind.IMPLEMENTATION,
    "自评": StageKind.SELF_EVALUATION,
    "巩固": StageKind.CONSOLIDATION,
    "验收": StageKind.ACCEPTANCE,
}


FREQUENCIES = {
    "每日": Frequency.DAILY,
    "每周": Frequency.WEEKLY,
    "每两周": Frequency.BIWEEKLY,
    "每旬": Frequency.TEN_DAY,
    "每半月": Frequency.SEMIMONTHLY,
    "每月": Frequency.MONTHLY,
    "每两月": Frequency.BIMONTHLY,
    "每季度": Frequency.QUARTERLY,
    "每半年": Frequency.SEMIANNUAL,
    "每年": Frequency.YEARLY,
}


DOCUMENT_KINDS = {
    "实施方案": DocumentKind.IMPLEMENTATION_PLAN,
    "工作方案": DocumentKind.WORK_PLAN,
    "宣传方案": DocumentKind.PUBLICITY_PLAN,
    "简报": DocumentKind.BRIEFING,
    "报告": DocumentKind.REPORT,
    "新闻": DocumentKind.NEWS,
}


OPERATORS = {"≥": ">=", "≤": "<=", ">": ">", "<": "<", "=": "=="}


CHANGES = {"下降": "decrease", "上升": "increase"}


YES = {"是": True, "否": False}


class CellFault(ValueError):
    """A cell that cannot be taken; the message says what was expected."""


@dataclass(frozen=True)
class Kind:
    """A kind of cell: how a value is shown, how it is read back, and what may be chosen."""

    show: Callable[[Any], Any]
    read: Callable[[Any], Any]
    choices: tuple[str, ...] = ()
    is_date: bool = False


def _text(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value in (None, ""):
        return None
    if fault := text_fault(str(value), LONGEST_PASSAGE, lines=True):
        raise CellFault(fault)
    return "".join(str(value).split())


def choice_of(table: dict[str, Any]) -> Kind:
    names = {value: name for name, value in table.items()}

    def read(cell: Any) -> Any:
        text = _text(cell)
        if text is None:
            return None
        if text not in table:
            raise CellFault(f"应从“{'、'.join(table)}”中选，写的是“{shown(text)}”")
        return table[text]

    return Kind(lambda value: names.get(value, ""), read, tuple(table))


def _read_date(cell: Any) -> datetime.date | None:
    day = _date_of(cell)
    if day and (fault := day_fault(day)):
        raise CellFault(fault)
    return day


def _date_of(cell: Any) -> datetime.date | None:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = _text(cell)
    if text is None:
        return None
    compact = text.isdecimal() and len(text) == 8  # 20250301
    try:
        if day := as_day(cell):
            return day
    except (ValueError, OverflowError):
        pass  # the words of a document are tried next
    day = read_full_date(f"{text[:4]}-{text[4:6]}-{text[6:]}" if compact else text)
    if day is None:
        raise CellFault(f"应为 {A_DAY}，写的是“{shown(text)}”")
    return day


def _read_number(cell: Any) -> float | int | None:
    text = _text(cell)
    if text is None:
        return None
    try:
        value = float(text.rstrip("%"))
    except ValueError:
        raise CellFault(f"应为数字，写的是“{shown(text)}”") from None
    if fault := number_fault(value, -LARGEST_AMOUNT, LARGEST_AMOUNT):
        raise CellFault(fault)
    return int(value) if value.is_integer() else value


def _read_whole(cell: Any) -> int | None:
    value = _read_number(cell)
    if value is not None and not isinstance(value, int):
        raise CellFault(f"应为整数，写的是“{value}”")
    if value is not None and (fault := number_fault(value, -LARGEST_NUMBER, LARGEST_NUMBER)):
        raise CellFault(fault)
    return value


def _read_months(cell: Any) -> Any:
    text = _text(cell)
    if text is None:
        return None
    months = [_read_whole(part) for part in re.split(r"[、,，]", text) if part]
    if any(month is None or not 1 <= month <= 12 for month in months):
        raise CellFault(f"应为 1 至 12 的月份，多个用“、”隔开，写的是“{shown(text)}”")
    return months


def _show_months(value: Any) -> str:
    months = value if isinstance(value, list) else [value] if value else []
    return "、".join(str(month) for month in months)


def split_names(text: str) -> list[str]:
    """Split at 、 ， ； and line breaks outside brackets: 各县（市、区）政府 is one name."""
    pieces, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "（(") - (char in "）)")
        if depth <= 0 and char in "、，,；;\n":
            pieces.append(text[start:at])
            start = at + 1
    pieces.append(text[start:])
    return [name for piece in pieces if (name := "".join(piece.split()))]


def _names(cell: Any) -> list[str]:
    names = split_names(str(cell or ""))
    for name in names:
        if fault := text_fault(name, LONGEST_NAME):
            raise CellFault(f"“{shown(name)}”{fault}")
    return names


def _lines(cell: Any) -> list[str]:
    if fault := text_fault(str(cell or ""), LONGEST_PASSAGE, lines=True):
        raise CellFault(fault)
    return [line for each in str(cell or "").splitlines() if (line := "".join(each.split()))]


def show_where(where: str | None) -> str:
    """Return where something stands, as a clerk reads it: stage 3 -> 阶段3, task 2 -> 任务2."""
    return re.sub(r"^task (\d+)$", r"任务\1", re.sub(r"^stage (\d+)$", r"阶段\1", where or ""))


def read_where(cell: Any) -> str | None:
    """Return the place a cell names, as the plan writes it: 阶段3 -> stage 3."""
    text = _text(cell)
    if text is None:
        return None
    return re.sub(r"^任务(\d+)$", r"task \1", re.sub(r"^阶段(\d+)$", r"stage \1", str(text)))


TEXT = Kind(lambda value: value or "", _text)


NAMES = Kind(lambda value: "、".join(value), _names)


LINES = Kind(lambda value: "\n".join(value), _lines)


DATE = Kind(lambda value: value, _read_date, is_date=True)


NUMBER = Kind(lambda value: value, _read_number)


WHOLE = Kind(lambda value: value, _read_whole)


MONTHS = Kind(_show_months, _read_months)


FLAG = choice_of(YES)


WHERE = Kind(show_where, read_where)
