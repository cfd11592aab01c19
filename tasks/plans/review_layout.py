"""What the review workbook shows: sheets, columns, and how a value looks in a cell and comes back."""

from dataclasses import dataclass
from typing import Any

from tasks.plans.review_cells import (
    CHANGES,
    DATE,
    DOCUMENT_KINDS,
    FLAG,
    FREQUENCIES,
    LINES,
    MONTHS,
    NAMES,
    NUMBER,
    OPERATORS,
    STAGE_KINDS,
    TEXT,
    WHERE,
    WHOLE,
    Kind,
    choice_of,
)


@dataclass(frozen=True)
class Column:
    """A column: its head, the field it shows, its kind and least width; ``needed`` must not be empty."""

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
        Column("序号", "ordinal", WHOLE, 5, needed=True),
        Column("阶段名称", "name", TEXT, 12, needed=True),
        Column("类型", "kind", choice_of(STAGE_KINDS), 7),
        Column("开始", "start", DATE, 11),
        Column("结束", "end", DATE, 11),
        Column("不设结束", "open_ended", FLAG, 8),
        Column("原文时间", "raw", TEXT, 12),
        Column("步骤", "steps", LINES, 16),
    ),
)


TASKS = Sheet(
    "任务",
    "task",
    (
        Column("序号", "ordinal", WHOLE, 5, needed=True),
        Column("编号", "number", TEXT, 6),
        Column("所属部分", "section", TEXT, 9),
        Column("任务", "title", TEXT, 16, needed=True),
        Column("牵头单位", "lead_units", NAMES, 11),
        Column("牵头（一类单位）", "lead_groups", NAMES, 9),
        Column("责任单位", "responsible_units", NAMES, 13),
        Column("责任（一类单位）", "responsible_groups", NAMES, 10),
        Column("其中配合单位", "cooperating_units", NAMES, 9),
        Column("牵头领导", "lead_posts", LINES, 8),
        Column("原文时限", "deadline.raw", TEXT, 9),
        Column("完成日期", "deadline.date", DATE, 11),
        Column("长期", "deadline.open_ended", FLAG, 5),
    ),
)


TARGETS = Sheet(
    "指标",
    "target",
    (
        Column("所属", "belongs", TEXT, 9),
        Column("指标", "metric_hint", TEXT, 16),
        Column("要求", "op", choice_of(OPERATORS), 6, needed=True),
        Column("数值", "value", NUMBER, 8, needed=True),
        Column("单位", "unit", TEXT, 8),
        Column("变化", "change", choice_of(CHANGES), 6),
        Column("按文字推定", "implicit", FLAG, 7),
        Column("周期", "period", TEXT, 8),
        Column("原文词句", "raw", TEXT, 14, needed=True),
    ),
)


DUTIES = Sheet(
    "周期工作",
    "duty",
    (
        Column("频率", "freq", choice_of(FREQUENCIES), 7, needed=True),
        Column("日（月末为-1）", "day", WHOLE, 8),
        Column("月", "month", MONTHS, 6),
        Column("工作内容", "what", TEXT, 20, needed=True),
        Column("所在部分", "where", WHERE, 10),
        Column("原文词句", "raw", TEXT, 12),
    ),
)


GROUPS = Sheet(
    "组织机构",
    "group",
    (
        Column("名称", "name", TEXT, 12, needed=True),
        Column("上级机构", "parent", TEXT, 10),
        Column("设在", "located_in", TEXT, 8),
        Column("负责人职务", "head_post", TEXT, 9),
        Column("常务副职", "executive_deputy_posts", LINES, 9),
        Column("副职", "deputy_posts", LINES, 9),
        Column("成员职务", "member_posts", LINES, 9),
        Column("成员单位", "member_units", NAMES, 14),
        Column("成员（一类单位）", "member_groups", NAMES, 9),
        Column("联络员职务", "liaison_post", TEXT, 9),
        Column("职责", "duties", LINES, 14),
    ),
)


SHEETS = (STAGES, TASKS, TARGETS, DUTIES, GROUPS)


# The head of the plan, one field a row.
FIELDS = (
    Column("标题", "title", TEXT, needed=True),
    Column("文种", "kind", choice_of(DOCUMENT_KINDS), needed=True),
    Column("发文机关", "issuer"),
    Column("发文字号", "document_number"),
    Column("印发日期", "issued_on", DATE),
    Column("年份", "year_context", WHOLE),
    Column("确是不同单位", "distinct_units", NAMES),
)


# Of the head, what workbooks made by an earlier version have no row for.
LATER = {"确是不同单位"}


INFO = "方案信息"


HIDDEN = "原始数据"


# What the sheet of the head says below it; how each of its lines begins.
EXPLAIN = ("请逐表核对", "可以改、增、删行", "共有疑点", "原文在句子中间断开")


# Columns behind the reading: for the eye only, never read back. The last holds the row's origin.
PLACE, SENTENCE, DOUBT, ORIGIN = "位置", "原文", "疑点（请核对）", "来源（勿改）"
BESIDE_WIDTHS = (6, 20, 12)


def get(item: Any, path: str) -> Any:
    """Return a field of an item; deadline.date looks through a deadline that may be missing."""
    for part in path.split("."):
        item = getattr(item, part, None)
    return item
