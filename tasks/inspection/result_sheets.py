"""The workbook that goes along on a visit: what to look at, and where its result is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.inspection.visit import ProblemLine, VisitLine
from models.rules.bounds import LONGEST_NOTE, LONGEST_PASSAGE
from models.rules.visits.words import NOTHING_FOUND, CheckKind, CheckResult
from tasks.lists.belonging import VISIT_RESULTS
from tasks.workbook.declaring import Column, Filled, Kind, Sheet

FOUND = "列有问题"
CONCLUSIONS = (NOTHING_FOUND, FOUND)
VISITS = Sheet(
    "走访",
    (
        Column("编号", locked=True, width=9),
        Column("单位", locked=True, shown=True, width=26),
        Column("督导组", locked=True, shown=True, width=16),
        Column("计划日期", kind=Kind.DAY, locked=True, shown=True, width=13),
        Column("走访日期", kind=Kind.DAY, width=13, hint="实际哪一天去的"),
        Column("走访人", width=20, hint="写职务，如 第一督导组组长，不写姓名"),
        Column("结论", width=14, choices=CONCLUSIONS),
        Column("说明", required=False, longest=LONGEST_NOTE, width=30),
    ),
    title=VISIT_RESULTS,
    note=(
        "走访以后填白色的格。每次走访都要有结论：有问题的逐条写在“问题”表里，没有问题的选“未发现问题”。"
        "不要求单位主要负责人陪同，不以有没有照片判断工作。"
    ),
    protected=True,
    still=2,
)
CHECKS = Sheet(
    "检查内容",
    (
        Column("编号", locked=True, width=9),
        Column("类别", locked=True, width=14),
        Column("内容", locked=True, longest=LONGEST_PASSAGE, width=46),
        Column("现在的情况", locked=True, shown=True, longest=0, width=26),
        Column("结果", required=False, width=11, choices=tuple(one.chinese for one in CheckResult)),
        Column("说明", required=False, longest=LONGEST_NOTE, width=30),
    ),
    title=VISIT_RESULTS,
    note="逐项看，结果从列表选；没有看的不填。灰色的格请勿改动。",
    protected=True,
    still=3,
)
PROBLEMS = Sheet(
    "问题",
    (
        Column("编号", required=False, width=9, hint="走访的编号；本表只有一次走访时不必填"),
        Column("问题", longest=LONGEST_NOTE, width=60, hint="一行一个，写清是什么问题、在哪里"),
        Column("涉及事项", required=False, width=11, hint="任务或指标的编号，如 W5、1.1.2"),
        Column("建议整改期限", kind=Kind.DAY, required=False, width=14),
        Column("登记编号", required=False, locked=True, shown=True, width=10),
    ),
    title=VISIT_RESULTS,
    note="一行一个问题，可以在下面添加。有登记编号的已经交办整改，删掉、改写都不算，要改请告诉创建办。",
    spare=20,
    still=1,
)
RESULT_SHEETS = (VISITS, CHECKS, PROBLEMS)


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """A line of a visit's checklist: what it is about, what to look at, how it stands now."""

    kind: CheckKind
    text: str
    standing: str = ""
    result: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """A visit with everything that its checklist says and everything that was registered of it."""

    visit: VisitLine
    rows: Sequence[ChecklistRow]
    problems: Sequence[ProblemLine] = ()
    note: str = ""


def result_parts(sheets: Sequence[VisitSheet], title: str) -> list[Filled]:
    """Return the three sheets of the visits, as they stand."""
    lines = [
        (one.visit.code, row.kind.chinese, row.text, row.standing, row.result, row.note)
        for one in sheets
        for row in one.rows
    ]
    problems = [problem_cells(one.visit.code, each) for one in sheets for each in one.problems]
    return [
        VISITS.filled([_visit_cells(one) for one in sheets], title),
        CHECKS.filled(lines, title),
        PROBLEMS.filled(problems, title),
    ]


def _visit_cells(one: VisitSheet) -> tuple[object, ...]:
    visit = one.visit
    end = (NOTHING_FOUND if visit.nothing_found else FOUND) if visit.is_held else ""
    days = visit.day, visit.visited_on
    return (visit.code, visit.unit, visit.team, *days, visit.by_post, end, one.note)


def problem_cells(code: str, one: ProblemLine) -> tuple[object, ...]:
    """Return the cells of a problem that is registered."""
    return (code, one.text, one.code, one.due, one.finding)
