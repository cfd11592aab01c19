"""Tables that look like tables of tasks and gave none, nor a stage or group, and columns of times that are not used."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from models.plan.doubt import Doubt
from models.plan.reading.persons.people import cleaned
from models.plan.reading.roles.roles import DEADLINE
from models.plan.reading.tables.cells import is_surely_units, says_what_and_who, says_when
from models.plan.reading.tables.heads import (
    BEGIN,
    DOERS,
    TARGET,
    TASK_HEAD,
    TEXT,
    TITLE,
    Table,
    without_brackets,
)
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.schema import Plan
from models.rules.bounds import shown

READ = r"{做成}"  # 2026年6月底前完成 is read as a deadline in any column
NEAR_THE_TOP = 3  # rows that the heads of a table stand among
LONGEST_HEAD = 12
WHO_OR_WHEN = r"{角色}.*(?:{单位}|{领导}|人)$|(?:{时限}|期限|节点|日期)$"


def unused_table_doubts(
    tables: Sequence[Table], strays: Iterable[Passage], plan: Plan, of_groups: Collection[int]
) -> list[Doubt]:
    """Return a doubt about each table that says what is done, and by whom or when, and of which nothing is taken.

    ``strays`` are the rows that stand under no head, ``of_groups`` the tables whose rows are people.
    """
    doubts: list[Doubt] = []
    lines = {stage.source.line for stage in plan.stages if stage.source}
    for table in tables:
        taken = table.gives_tasks or any(row.place(0)[0] in lines for row in table.rows)
        if not taken and table.rows and table.rows[0].table not in of_groups:
            rows = [row for row in table.rows if _is_task(table, row.cells)]
            if len(rows) * 2 >= len(table.rows):
                doubts.append(_doubt(table.rows[0], len(table.rows), "没有读成任务、阶段或机构"))
    doubts += [doubt for table in tables if table.gives_tasks for doubt in _unused_times(table)]
    for number, group in groupby(strays, key=lambda row: row.table):
        if number not in of_groups and (rows := list(group)) and _are_tasks(rows):
            doubts.append(_doubt(rows[0], len(rows), "没有认出表头"))
    return doubts


def _unused_times(table: Table) -> Iterator[Doubt]:
    """Yield a doubt about each column of times of a table of tasks that has none for deadlines."""
    if DEADLINE in table.columns:
        return
    for at, meaning in enumerate(table.columns):
        cells = [row.cells[at] for row in table.rows if row.cells[at]]
        times = [cell for cell in cells if says_when(cell) and not pattern(READ).search(cell)]
        if meaning in {BEGIN, TEXT, TARGET} and times and len(times) * 2 >= len(cells):
            why = f"表中“{shown(table.heads[at])}”一栏写的是时间，没有当作完成时限，请核对"
            yield Doubt("plan", 0, why, cleaned(table.rows[0].text[:200], ()))


def _doubt(first: Passage, rows: int, why: str) -> Doubt:
    return Doubt("plan", 0, f"这张表{why}，{rows} 行没有读，请核对", cleaned(first.text[:200], ()))


def _is_task(table: Table, cells: Sequence[str]) -> bool:
    """Say whether a row says what and who, or a task and when."""
    if not DOERS & set(table.columns):
        tasks = [at for at in table.column(TITLE) if pattern(TASK_HEAD).search(table.heads[at])]
        dated = any(says_when(cells[at]) for at in table.column(DEADLINE))
        return dated and any(cells[at] for at in tasks)
    return says_what_and_who(cells)


def _are_tasks(rows: Sequence[Passage]) -> bool:
    tasks = [row for row in rows if len(row.cells) > 2 and says_what_and_who(row.cells)]
    if len(tasks) * 2 >= len(rows) and (len(tasks) > 1 or _numbered(tasks)):
        return True
    return len(rows) > 1 and any(_is_like_a_head(row.cells) for row in rows[:NEAR_THE_TOP])


def _numbered(rows: Sequence[Passage]) -> bool:
    return bool(rows) and rows[0].cells[0].isdecimal()


def _is_like_a_head(cells: Sequence[str]) -> bool:
    """Say whether a row of short cells has one that names tasks, and one who or when, or two bodies."""
    heads = [without_brackets(cell) for cell in cells if cell]
    if len(set(heads)) < 2 or any(len(head) > LONGEST_HEAD for head in heads):
        return False
    tasks = any(pattern(rf"(?:{TASK_HEAD}|内容|指标)(?:名称|清单|分解)?$").search(h) for h in heads)
    named: Iterator[str] = (head for head in heads if pattern(WHO_OR_WHEN).search(head))
    return tasks and (any(named) or len(set(filter(is_surely_units, heads))) > 1)
