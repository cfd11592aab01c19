"""What the heads of a table say: the meaning of each column, and which rows are heads."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.plan.reading.outline.outline import TEXT
from models.plan.reading.roles.bodies_and_persons import body_role
from models.plan.reading.roles.roles import COOPERATING, DEADLINE, LEAD, POST, RESPONSIBLE, Grammar
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze

NUMBER, TITLE, SECTION, TARGET, STAGE, UNIT, BEGIN, FREQUENCY, FACT = (
    "number", "title", "section", "target", "stage", "unit", "begin", "frequency", "fact",
)  # fmt: skip


# What the head of a column means; the first row that fits decides. Examples beside.
HEADS = (
    (NUMBER, r"^(?:{序号栏}|№|[Nn][Oo]\.?)$"),
    (
        DEADLINE,
        r"{时限栏}|^时间$|进度|起止时间"
        r"|{做完}(?:时间|日期|时点|节点)|截止$|^节点$",
    ),
    (FREQUENCY, r"频次|频率|周期$"),
    (STAGE, r"^(?:实施|工作)?(?:阶段|步骤)(?:名称)?$"),
    (TARGET, r"{目标栏}"),
    (SECTION, r"{类别栏}"),
    (TITLE, r"{任务栏}"),
)


# The head of a column of tasks; 主要内容 or 名称 alone may be those of a meeting.
TASK_HEAD = r"{事项栏}"


# What is to be reached in a year, beside what there was: 2026年（目标）, 2024年（实际）, 25年目标.
_YEAR = "(?:{某年}|{N}年)"
OF_A_YEAR = rf"^{_YEAR}(?:度|底|末)?（?(?:(?P<aim>目标|计划|预期)|实际|实绩|现状|基[期数])"
# When work begins, which is no time by which it is done: 启动时间 beside 完成时间.
BEGINS = (
    r"^(?:计划|预计)?(?:{始}(?!止))(?=.{0,4}(?:{时限}|日期|时点|期限|进度|节点))|^(?:开始|起始)$"
)


DOERS = {LEAD, RESPONSIBLE, COOPERATING}


@dataclass
class Table:
    """A table with its head: the meaning of each column, and its rows as passages."""

    columns: list[str]
    heads: list[str]
    rows: list[Passage] = field(default_factory=list)
    doubtful: list[Passage] = field(default_factory=list)  # rows whose cells may stand elsewhere
    untitled: list[Passage] = field(default_factory=list)  # rows with bodies or a time, and no task
    glued: list[Passage] = field(default_factory=list)  # rows that may be none of the row above

    @classmethod
    def under(cls, heads: Sequence[str], grammar: Grammar) -> "Table":
        """Return the table without rows that has these heads."""
        return cls(settle([meaning_of(head, grammar) for head in heads], heads), list(heads))

    @property
    def is_task_table(self) -> bool:
        """Say whether its rows are work items: a title and somebody who does it; no figures, no contacts."""
        if self.is_of_figures or self.is_of_contacts:
            return False
        return TITLE in self.columns and (
            not DOERS.isdisjoint(self.columns)
            or {NUMBER, TITLE, DEADLINE} <= set(self.columns)
            or {NUMBER, TITLE, TARGET} <= set(self.columns)
        )

    @property
    def is_of_figures(self) -> bool:
        """Say whether its rows are what is measured, as it was and as it shall be, and nobody's work."""
        own = {*DOERS, POST, DEADLINE, BEGIN, STAGE}
        return {FACT, TARGET} <= set(self.columns) and own.isdisjoint(self.columns)

    @property
    def is_of_contacts(self) -> bool:
        """Say whether its rows tell whom to ask about what: 单位 | 咨询内容 | 电话."""
        told = any(pattern(r"(?:电话|热线|邮箱|联系方式)$").search(head) for head in self.heads)
        work = any(pattern(TASK_HEAD).search(self.heads[at]) for at in self.column(TITLE))
        return told and not work and {DEADLINE, TARGET}.isdisjoint(self.columns)

    @property
    def is_stage_table(self) -> bool:
        """Say whether its rows are stages: a stage and a time."""
        return STAGE in self.columns and not {DEADLINE, BEGIN}.isdisjoint(self.columns)

    @property
    def gives_tasks(self) -> bool:
        """Say whether its rows are read as tasks: those of a stage where it has several, with bodies."""
        if not (self.is_task_table and self.is_stage_table):
            return self.is_task_table
        names = [row.cells[self.column(STAGE)[0]] for row in self.rows]
        return bool(self.bodies()) and len(set(names) - {""}) < len(names)

    @property
    def is_schedule(self) -> bool:
        """Say whether its rows say what is done when and nobody who does it: 时间 | 主要工作."""
        return self.columns[0] == DEADLINE and {*DOERS, POST}.isdisjoint(self.columns)

    def column(self, meaning: str) -> list[int]:
        """Return the places of the columns of this meaning, from 0."""
        return [at for at, column in enumerate(self.columns) if column == meaning]

    def said(self, row: Passage, *meanings: str) -> list[str]:
        """Return what the cells of ``row`` in columns of these meanings say, those of the first one first."""
        places = (at for meaning in meanings for at in self.column(meaning))
        return [row.cells[at] for at in places if row.cells[at]]

    def bodies(self) -> list[int]:
        """Return the columns that say who does it."""
        return [at for at, column in enumerate(self.columns) if column in DOERS]

    def measures(self) -> list[int]:
        """Return the columns beside the task that say what is done: 具体措施, 主要内容."""
        asked = pattern(r"{做法栏}")
        return [at for at in self.column(TEXT) if asked.search(self.heads[at])]


def meaning_of(head: str, grammar: Grammar) -> str:
    """Return what a column holds, from its head: 牵头单位 -> lead, 完成时限 -> deadline."""
    if role := body_role(head, grammar):
        return role if role in DOERS else RESPONSIBLE
    if year := pattern(OF_A_YEAR).match(head):
        return TARGET if year["aim"] else FACT
    head = without_brackets(head)
    if pattern(HEADS[0][1]).match(head):
        return NUMBER
    if pattern(r"(?:计量|度量|数量|指标)单位$").search(head):
        return UNIT
    if pattern(r"{单位}|{牵头}|{配合}|{归属}|{领导}").search(head):
        role = grammar.role(head)
        if role in {*DOERS, POST}:
            return role
        return RESPONSIBLE if pattern(r"{单位}").search(head) else TEXT
    if pattern(BEGINS).search(head):
        return BEGIN
    for meaning, expression in HEADS:
        if pattern(expression).search(head):
            return meaning
    return TEXT


def without_brackets(head: str) -> str:
    """Return a head without what it says of itself: 责任单位（排在第一位的为牵头单位） -> 责任单位."""
    short = pattern(r"（[^（）]*）?|\([^()]*\)?|［[^］]*］?|〔[^〕]*〕?").sub("", squeeze(head))
    return short or squeeze(head)


def are_heads(cells: Sequence[str], grammar: Grammar) -> bool:
    """Say whether ``cells`` are the heads of columns; what is empty is no head and no fault."""
    cells = [cell for cell in cells if cell]
    if len(cells) < 2 or any(
        len(without_brackets(cell)) > 16 or cell.isdecimal() for cell in cells
    ):
        return False
    meanings = {meaning_of(cell, grammar) for cell in cells}
    return len(meanings - {TEXT}) >= 2 and sum(map(ends_as_head, cells)) * 3 >= len(cells) * 2


def _of_years(columns: list[str], heads: Sequence[str]) -> list[str]:
    """Say of the columns beside an aim of a year what was (2024年), and in what it is measured (单位)."""
    aims = [at for at, head in enumerate(heads) if _is_aim(head)]
    if not aims:
        return columns
    bare = pattern(f"{_YEAR}(?:度|底|末)?(?:值|数)?")
    told = [
        FACT if bare.fullmatch(head) else what for what, head in zip(columns, heads, strict=True)
    ]
    if FACT not in told:
        return columns
    return [UNIT if head == "单位" else what for what, head in zip(told, heads, strict=True)]


def _is_aim(head: str) -> bool:
    year = pattern(OF_A_YEAR).match(head)
    return bool(year and year["aim"])


def ends_as_head(cell: str) -> bool:
    return bool(
        pattern(r"(?:序号|编号|{单位}|{角色}|{领导}|{栏尾}|{时限})(?:（.*）)?$").search(cell)
        or pattern(OF_A_YEAR).match(cell)
    )


def settle(columns: list[str], heads: Sequence[str]) -> list[str]:
    """Choose one title column: 重点任务 before 具体措施, which then is text.

    The last of 一级指标, 二级指标, 三级指标 is the title, and 整改措施 is beside 问题; the others are categories.
    """
    columns = _of_years(columns, heads)
    levels = [at for at, head in enumerate(heads) if pattern("^{N}级").search(head)]
    if len(levels) > 1 and columns[levels[-1]] in {TITLE, SECTION, TARGET}:
        columns = [SECTION if at in levels[:-1] else column for at, column in enumerate(columns)]
        columns[levels[-1]] = TITLE
    if any(pattern(r"整改?(?:措施|举措|任务)").search(head) for head in heads):
        asked = pattern(r"问题(?:清单|描述|表现)?$")
        columns = [
            SECTION if what == TITLE and asked.search(head) else what
            for what, head in zip(columns, heads, strict=True)
        ]
    titles = [at for at, column in enumerate(columns) if column == TITLE]
    if len(titles) > 1:
        best = next(
            (at for at in titles if pattern(r"任务|事项|项目$|举措").search(heads[at])), titles[0]
        )
        columns = [
            TEXT if at in titles and at != best else column for at, column in enumerate(columns)
        ]
    if TITLE not in columns and TARGET in columns:
        at = columns.index(TARGET)
        if pattern(r"任务|内容").search(heads[at]):
            columns[at] = TITLE
    return columns


def heads_of_work(heads: Sequence[str], grammar: Grammar) -> bool:
    """Say whether ``heads`` make a table of tasks, named so, or of stages."""
    if not are_heads(heads, grammar):
        return False
    table = Table.under(heads, grammar)
    named = any(pattern(TASK_HEAD).search(heads[at]) for at in table.column(TITLE))
    return table.is_stage_table or (table.is_task_table and named)
