"""What the review workbook shows of a plan: sheets and their columns, each for a field."""

from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from models.plan.schema import PlanGroup, PlanStage, PlanTask, RecurringDuty, Target
from tasks.plans.review_cells import (
    CHANGE,
    DATE,
    DAY_OFF,
    DOCUMENT,
    FLAG,
    FREQUENCY,
    LINES,
    MONTHS,
    NAMES,
    NUMBER,
    OPERATOR,
    PARTS,
    POST,
    POSTS,
    STAGE,
    TEXT,
    UNITS,
    WHERE,
    WHOLE,
    PlanColumn,
)
from tasks.workbook.declaring import PASSAGES, Column, Form, Kind, Look, Sheet

ORIGIN, BELONGS = "来源（勿改）", "所属"
FOR_NEW_ROWS = 200  # rows below the last in which something can be chosen


@dataclass(frozen=True)
class PlanSheet(Sheet):
    """A sheet of one item a row: ``items`` names those of the plan, ``about`` their doubts."""

    look: Look = PASSAGES
    spare: int = FOR_NEW_ROWS
    about: str = ""
    items: str = ""
    model: type[BaseModel] = BaseModel

    @property
    def fields(self) -> list[PlanColumn]:
        """Return the columns that show a field."""
        return [column for column in self.columns if isinstance(column, PlanColumn)]


def _column(
    name: str, field: str, like: PlanColumn = TEXT, width: int = 14, *, needed: bool = False
) -> PlanColumn:
    return replace(like, name=name, field=field, width=width, needed=needed)


# Behind the reading, for the eye: where it stands, its sentence, why it is doubted; and its origin.
BESIDE = (
    Column("位置", locked=True, shown=True, width=6),
    Column("原文", locked=True, shown=True, width=20),
    Column("疑点（请核对）", shown=True, warning=True, width=12),
    Column(ORIGIN, locked=True, required=False, quiet=True, width=9, longest=0),
)

STAGES = PlanSheet(
    "阶段",
    (
        _column("序号", "ordinal", WHOLE, 5, needed=True),
        _column("阶段名称", "name", TEXT, 12, needed=True),
        _column("类型", "kind", STAGE, 7),
        _column("开始", "start", DATE, 11),
        _column("结束", "end", DATE, 11),
        _column("不设结束", "open_ended", FLAG, 8),
        _column("原文时间", "raw", TEXT, 12),
        _column("步骤", "steps", LINES, 16),
        *BESIDE,
    ),
    still=2,
    about="stage",
    items="stages",
    model=PlanStage,
)


TASKS = PlanSheet(
    "任务",
    (
        _column("序号", "ordinal", WHOLE, 5, needed=True),
        _column("编号", "number", TEXT, 6),
        _column("所属部分", "section", TEXT, 9),
        _column("任务", "title", TEXT, 16, needed=True),
        _column("牵头单位", "lead_units", UNITS, 11),
        _column("牵头（一类单位）", "lead_groups", NAMES, 9),
        _column("责任单位", "responsible_units", UNITS, 13),
        _column("责任（一类单位）", "responsible_groups", NAMES, 10),
        _column("其中配合单位", "cooperating_units", UNITS, 9),
        _column("牵头领导", "lead_posts", POSTS, 8),
        _column("原文时限", "deadline.raw", TEXT, 9),
        _column("完成日期", "deadline.date", DATE, 11),
        _column("长期", "deadline.open_ended", FLAG, 5),
        # Workbooks made by an earlier version have no column for it.
        replace(_column("分段时限", "deadline.parts", PARTS, 14), required=False),
        *BESIDE,
    ),
    still=2,
    about="task",
    items="tasks",
    model=PlanTask,
)


TARGETS = PlanSheet(
    "指标",
    (
        _column(BELONGS, "", TEXT, 9),
        _column("指标", "metric_hint", TEXT, 16),
        _column("要求", "op", OPERATOR, 6, needed=True),
        _column("数值", "value", NUMBER, 8, needed=True),
        _column("单位", "unit", TEXT, 8),
        _column("变化", "change", CHANGE, 6),
        _column("按文字推定", "implicit", FLAG, 7),
        _column("周期", "period", TEXT, 8),
        _column("原文词句", "raw", TEXT, 14, needed=True),
        *BESIDE,
    ),
    about="target",
    model=Target,
)


DUTIES = PlanSheet(
    "周期工作",
    (
        _column("频率", "freq", FREQUENCY, 7, needed=True),
        _column("日（月末为-1）", "day", WHOLE, 8),
        _column("月", "month", MONTHS, 6),
        # Workbooks made by an earlier version have no column for it.
        replace(_column("遇休息日", "day_off", DAY_OFF, 8), required=False),
        _column("工作内容", "what", TEXT, 20, needed=True),
        _column("所在部分", "where", WHERE, 10),
        _column("原文词句", "raw", TEXT, 12),
        *BESIDE,
    ),
    about="duty",
    items="recurring",
    model=RecurringDuty,
)


GROUPS = PlanSheet(
    "组织机构",
    (
        _column("名称", "name", TEXT, 12, needed=True),
        _column("上级机构", "parent", TEXT, 10),
        _column("设在", "located_in", TEXT, 8),
        _column("负责人职务", "head_post", POST, 9),
        _column("常务副职", "executive_deputy_posts", POSTS, 9),
        _column("副职", "deputy_posts", POSTS, 9),
        # Workbooks made by an earlier version have no column for it.
        replace(_column("牵头单位", "lead_units", UNITS, 9), required=False),
        _column("成员职务", "member_posts", POSTS, 9),
        _column("成员单位", "member_units", UNITS, 14),
        _column("成员（一类单位）", "member_groups", NAMES, 9),
        _column("联络员职务", "liaison_post", POST, 9),
        _column("职责", "duties", LINES, 14),
        *BESIDE,
    ),
    about="group",
    items="groups",
    model=PlanGroup,
)


SHEETS = (STAGES, TASKS, TARGETS, DUTIES, GROUPS)


# For the eye: what of the file is in none of the others.
UNREAD = Sheet(
    "没有读的文字",
    (
        Column("原因", locked=True, shown=True, width=14),
        Column("位置", locked=True, shown=True, width=10),
        Column("字数", kind=Kind.NUMBER, locked=True, shown=True, width=7),
        Column("开头的文字", locked=True, shown=True, width=50),
        Column("疑点（请核对）", shown=True, warning=True, width=24),
    ),
    look=PASSAGES,
)


# The head of the plan, one field a row.
FIELDS = (
    _column("标题", "title", needed=True),
    _column("文种", "kind", DOCUMENT, needed=True),
    _column("发文机关", "issuer"),
    _column("发文字号", "document_number"),
    _column("印发日期", "issued_on", DATE),
    _column("年份", "year_context", WHOLE),
    # Workbooks made by an earlier version have no row for it.
    replace(_column("确是不同单位", "distinct_units", NAMES), required=False),
)
INFO = Form(
    "方案信息",
    FIELDS,
    (
        "先看“请看一眼”",
        "“全文”一表",
        "请逐表核对",
        "可以改、增、删行",
        "共有疑点",
        "疑点：",
        "原文在句子中间断开",
    ),
)
HIDDEN = "原始数据"  # the whole plan out of sight, so that what the sheets do not show survives


def get(item: Any, path: str) -> Any:
    """Return a field of an item; deadline.date looks through a deadline that may be missing."""
    for part in path.split("."):
        item = getattr(item, part, None)
    return item
