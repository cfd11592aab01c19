"""What the review workbook shows: sheets, columns, and how a value looks in a cell and comes back."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.plan.dates import read_full_date
from models.plan.schema import DocumentKind, Frequency, StageKind

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
    return "".join(str(value).split()) if value not in (None, "") else None


def _choice(table: dict[str, Any]) -> Kind:
    names = {value: name for name, value in table.items()}

    def read(cell: Any) -> Any:
        text = _text(cell)
        if text is None:
            return None
        if text not in table:
            raise CellFault(f"应从“{'、'.join(table)}”中选,写的是“{text}”")
        return table[text]

    return Kind(lambda value: names.get(value, ""), read, tuple(table))


def _read_date(cell: Any) -> datetime.date | None:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = _text(cell)
    if text is None:
        return None
    day = read_full_date(text)
    if day is None:
        raise CellFault(f"应为日期(如 2025-03-01),写的是“{text}”")
    return day


def _read_number(cell: Any) -> float | int | None:
    text = _text(cell)
    if text is None:
        return None
    try:
        value = float(text.rstrip("%"))
    except ValueError:
        raise CellFault(f"应为数字,写的是“{text}”") from None
    return int(value) if value.is_integer() else value


def _read_whole(cell: Any) -> int | None:
    value = _read_number(cell)
    if value is not None and not isinstance(value, int):
        raise CellFault(f"应为整数,写的是“{value}”")
    return value


def _read_months(cell: Any) -> Any:
    text = _text(cell)
    if text is None:
        return None
    months = [_read_whole(part) for part in re.split(r"[、,，]", text) if part]
    if any(month is None or not 1 <= month <= 12 for month in months):
        raise CellFault(f"应为 1 至 12 的月份,多个用“、”隔开,写的是“{text}”")
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


def _lines(cell: Any) -> list[str]:
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
NAMES = Kind(lambda value: "、".join(value), lambda cell: split_names(str(cell or "")))
LINES = Kind(lambda value: "\n".join(value), _lines)
DATE = Kind(lambda value: value, _read_date, is_date=True)
NUMBER = Kind(lambda value: value, _read_number)
WHOLE = Kind(lambda value: value, _read_whole)
MONTHS = Kind(_show_months, _read_months)
FLAG = _choice(YES)
WHERE = Kind(show_where, read_where)


@dataclass(frozen=True)
class Column:
    """A column: its head, the field it shows, its kind and width; ``needed`` must not be empty."""

    head: str
    field: str
    kind: Kind = TEXT
    width: int = 14
    needed: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook: one row an item."""

    name: str
    about: str  # what its doubts are about
    columns: tuple[Column, ...]


STAGES = Sheet(
    "阶段",
    "stage",
    (
        Column("序号", "ordinal", WHOLE, 6, needed=True),
        Column("阶段名称", "name", TEXT, 18, needed=True),
        Column("类型", "kind", _choice(STAGE_KINDS), 8),
        Column("开始", "start", DATE, 12),
        Column("结束", "end", DATE, 12),
        Column("不设结束", "open_ended", FLAG, 9),
        Column("原文时间", "raw", TEXT, 26),
        Column("步骤", "steps", LINES, 40),
    ),
)
TASKS = Sheet(
    "任务",
    "task",
    (
        Column("序号", "ordinal", WHOLE, 6, needed=True),
        Column("编号", "number", TEXT, 7),
        Column("所属部分", "section", TEXT, 20),
        Column("任务", "title", TEXT, 30, needed=True),
        Column("牵头单位", "lead_units", NAMES, 22),
        Column("牵头(一类单位)", "lead_groups", NAMES, 16),
        Column("责任单位", "responsible_units", NAMES, 34),
        Column("责任(一类单位)", "responsible_groups", NAMES, 22),
        Column("其中配合单位", "cooperating_units", NAMES, 22),
        Column("牵头领导", "lead_posts", LINES, 16),
        Column("原文时限", "deadline.raw", TEXT, 16),
        Column("完成日期", "deadline.date", DATE, 12),
        Column("长期", "deadline.open_ended", FLAG, 6),
    ),
)
TARGETS = Sheet(
    "指标",
    "target",
    (
        Column("所属", "belongs", TEXT, 14),
        Column("指标", "metric_hint", TEXT, 30),
        Column("要求", "op", _choice(OPERATORS), 6, needed=True),
        Column("数值", "value", NUMBER, 9, needed=True),
        Column("单位", "unit", TEXT, 9),
        Column("变化", "change", _choice(CHANGES), 7),
        Column("按文字推定", "implicit", FLAG, 10),
        Column("周期", "period", TEXT, 8),
        Column("原文词句", "raw", TEXT, 24, needed=True),
    ),
)
DUTIES = Sheet(
    "周期工作",
    "duty",
    (
        Column("频率", "freq", _choice(FREQUENCIES), 8, needed=True),
        Column("日(月末为-1)", "day", WHOLE, 11),
        Column("月", "month", MONTHS, 7),
        Column("工作内容", "what", TEXT, 46, needed=True),
        Column("所在部分", "where", WHERE, 18),
        Column("原文词句", "raw", TEXT, 20),
    ),
)
GROUPS = Sheet(
    "组织机构",
    "group",
    (
        Column("名称", "name", TEXT, 28, needed=True),
        Column("上级机构", "parent", TEXT, 24),
        Column("设在", "located_in", TEXT, 14),
        Column("负责人职务", "head_post", TEXT, 20),
        Column("常务副职", "executive_deputy_posts", LINES, 20),
        Column("副职", "deputy_posts", LINES, 24),
        Column("成员职务", "member_posts", LINES, 24),
        Column("成员单位", "member_units", NAMES, 40),
        Column("成员(一类单位)", "member_groups", NAMES, 18),
        Column("联络员职务", "liaison_post", TEXT, 18),
        Column("职责", "duties", LINES, 46),
    ),
)
SHEETS = (STAGES, TASKS, TARGETS, DUTIES, GROUPS)
# The head of the plan, one field a row.
FIELDS = (
    Column("标题", "title", TEXT, needed=True),
    Column("文种", "kind", _choice(DOCUMENT_KINDS), needed=True),
    Column("发文机关", "issuer"),
    Column("发文字号", "document_number"),
    Column("印发日期", "issued_on", DATE),
    Column("年份", "year_context", WHOLE),
)
INFO = "方案信息"
HIDDEN = "原始数据"
# Columns behind the reading: for the eye only, never read back. The last holds the row's origin.
PLACE, SENTENCE, DOUBT, ORIGIN = "位置", "原文", "疑点(请核对)", "来源(勿改)"


def get(item: Any, path: str) -> Any:
    """Return a field of an item; deadline.date looks through a deadline that may be missing."""
    for part in path.split("."):
        item = getattr(item, part, None)
    return item
