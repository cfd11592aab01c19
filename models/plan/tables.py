"""Tables: rows of a file, or of text with | or tabs; their columns by what their heads say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from models.plan.bodies_and_persons import body_role
from models.plan.broken_rows import names_break, text_breaks, time_breaks, whole_time
from models.plan.passages import Passage
from models.plan.patterns import pattern, squeeze
from models.plan.roles import COOPERATING, DEADLINE, LEAD, POST, RESPONSIBLE, Grammar
from models.plan.short_rows import placed
from models.plan.text_tables import SEPARATOR
from models.plan.turned_tables import HeadWords, upright

NUMBER, TITLE, SECTION, TARGET, TEXT, STAGE, UNIT = (
    "number", "title", "section", "target", "text", "stage", "unit",
)  # fmt: skip


# What the head of a column means; the first row that fits decides. Examples beside.
HEADS = (
    (NUMBER, r"^(?:序号|编号|项目编号|任务编号|号|№|No\.?)$"),
    (
        DEADLINE,
        r"时限|期限|完成时间|时间节点|时间要求|时间安排|完成日期|^时间$|进度|起止时间|实施时间|推进时间",
    ),
    (STAGE, r"^(?:实施|工作)?(?:阶段|步骤)(?:名称)?$"),
    (TARGET, r"目标|标准|指标值|预期|成效|成果|完成情况|达标"),
    (SECTION, r"类别|类型|领域|分类|板块|方面|一级|大项|专项名称|项目类"),
    (TITLE, r"任务|事项|举措|措施|内容|项目|工作|行动|指标|名称|整改|问题|要点|重点"),
)


_DOERS = {LEAD, RESPONSIBLE, COOPERATING}


@dataclass
class Table:
    """A table with its head: the meaning of each column, and its rows as passages."""

    columns: list[str]
    heads: list[str]
    rows: list[Passage] = field(default_factory=list)
    doubtful: list[Passage] = field(default_factory=list)  # rows whose cells may stand elsewhere

    @property
    def is_task_table(self) -> bool:
        """Say whether its rows are work items: a title and somebody who does it."""
        doers = {LEAD, RESPONSIBLE, COOPERATING}
        return TITLE in self.columns and (
            bool(doers & set(self.columns))
            or {NUMBER, TITLE, DEADLINE} <= set(self.columns)
            or {NUMBER, TITLE, TARGET} <= set(self.columns)
        )

    @property
    def is_stage_table(self) -> bool:
        """Say whether its rows are stages: a stage and a time."""
        return STAGE in self.columns and DEADLINE in self.columns

    @property
    def is_schedule(self) -> bool:
        """Say whether its rows say what is done when and nobody who does it: 时间 | 主要工作."""
        doers = {LEAD, RESPONSIBLE, COOPERATING, POST}
        return self.columns[0] == DEADLINE and not doers & set(self.columns)

    def column(self, meaning: str) -> list[int]:
        """Return the places of the columns of this meaning, from 0."""
        return [at for at, column in enumerate(self.columns) if column == meaning]


def meaning_of(head: str, grammar: Grammar) -> str:
    """Return what a column holds, from its head: 牵头单位 -> lead, 完成时限 -> deadline."""
    if role := body_role(head, grammar):
        return role if role in _DOERS else RESPONSIBLE
    head = pattern(r"（.*?）").sub("", squeeze(head))
    if pattern(HEADS[0][1]).match(head):
        return NUMBER
    if pattern(r"单位|部门|主体|牵头|主办|协办|配合|责任|承办|领导|负责人|联系人").search(head):
        role = grammar.role(head)
        if role in {LEAD, RESPONSIBLE, COOPERATING, POST}:
            return role
        return RESPONSIBLE if pattern(r"单位|部门|主体").search(head) else TEXT
    for meaning, expression in HEADS:
        if pattern(expression).search(head):
            return meaning
    return TEXT


def find_tables(passages: Iterable[Passage], grammar: Grammar) -> list[Table]:
    """Return the tables with a head among ``passages``; a head repeated on a new page is dropped.

    A row whose number is missing while others have one goes on with the row above; a table without a
    head and as many columns as the one before continues it.
    """
    tables: list[Table] = []
    current: Table | None = None
    number = 0
    for passage in upright(passages, _head_words(grammar)):
        if not passage.cells:
            continue
        if passage.table != number:
            number = passage.table
            if not (
                current
                and len(current.columns) == len(passage.cells)
                and not _is_head(passage, grammar)
            ):
                current = None
        if _is_head(passage, grammar):
            if current is None or list(passage.cells) != current.heads:
                columns = [meaning_of(cell, grammar) for cell in passage.cells]
                current = Table(_settle(columns, passage.cells), list(passage.cells))
                tables.append(current)
            continue
        if current is not None:
            _add_row(current, passage)
    return tables


# The head of a column of tasks; 主要内容 or 名称 alone may be those of a meeting.
TASK_HEAD = r"任务|事项|举措|措施|项目|行动|工作内容"


def _head_words(grammar: Grammar) -> HeadWords:
    def make_a_table(cells: Sequence[str]) -> bool:
        if not are_heads(cells, grammar):
            return False
        table = Table(_settle([meaning_of(cell, grammar) for cell in cells], cells), list(cells))
        names = [cells[at] for at in table.column(TITLE)]
        tasks = table.is_task_table and any(map(pattern(TASK_HEAD).search, names))
        return tasks or table.is_stage_table

    return HeadWords(_ends_as_head, partial(are_heads, grammar=grammar), make_a_table)


def _is_head(passage: Passage, grammar: Grammar) -> bool:
    return are_heads(passage.cells, grammar)


def are_heads(cells: Sequence[str], grammar: Grammar) -> bool:
    """Say whether ``cells`` are the heads of columns; what is empty is no head and no fault."""
    cells = [cell for cell in cells if cell]
    if len(cells) < 2 or any(len(cell) > 16 or cell.isdecimal() for cell in cells):
        return False
    meanings = {meaning_of(cell, grammar) for cell in cells}
    return len(meanings - {TEXT}) >= 2 and sum(map(_ends_as_head, cells)) * 3 >= len(cells) * 2


def _ends_as_head(cell: str) -> bool:
    return bool(
        pattern(
            r"(?:序号|编号|单位|部门|任务|事项|措施|举措|内容|时限|时间|目标|标准|类别|阶段|步骤|领导|要求|项目|名称|备注|责任人|期限|指标|主体|牵头|配合|责任|节点|工作|安排|方式|成果|完成)(?:（.*）)?$"
        ).search(cell)
    )


def _settle(columns: list[str], heads: Sequence[str]) -> list[str]:
    """Choose one title column: 重点任务 before 具体措施, which then is text."""
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


def _add_row(table: Table, passage: Passage) -> None:
    cells = _under_the_heads(table, passage)
    row = Passage(passage.text, passage.marks, tuple(cells), passage.table)
    numbers = table.column(NUMBER)
    filled = [cell for cell in cells if cell]
    if (
        numbers
        and table.rows
        and not cells[numbers[0]]
        and (_is_rest_of_cell(table, cells) or 1 < len(filled) < len(cells))
        and _goes_on(table, cells)
        and not stands_alone(table, cells, table.rows[-1].cells)
        and not sums_up(cells)
    ):
        last = table.rows[-1]
        joined = tuple(a if a == b else a + b for a, b in zip(last.cells, cells, strict=True))
        table.rows[-1] = Passage("|".join(joined), last.marks, joined, last.table)
    elif filled and not pattern(SEPARATOR).fullmatch("".join(filled)):
        table.rows.append(row)


def _under_the_heads(table: Table, passage: Passage) -> list[str]:
    """Return a cell for each head; a row with too few or too many that is not sure is doubtful."""
    cells, width = list(passage.cells), len(table.columns)
    short = len(cells) < width and sum(map(bool, cells)) > 1 and not sums_up(cells)
    put = placed(cells, table.columns, TITLE, SECTION, NUMBER) if short else None
    if (short and not put) or any(cells[width:]):
        table.doubtful.append(passage)
    return put or [*cells, *[""] * (width - len(cells))][:width]


def sums_up(cells: Sequence[str]) -> bool:
    """Say whether a row belongs to the whole table: 合计, 注：…."""
    words = r"(?:合计|小计|总计|共计)(?:[：\d]|$)|(?:注|备注|说明|填表说明)\d?[：]"
    return any(pattern(words).match(cell) for cell in cells)


def stands_alone(table: Table, cells: Sequence[str], above: Sequence[str] = ()) -> bool:
    """Say whether a row without number is a task of its own: it says what, and who or until when.

    The rest of a row that a page broke has pieces of these instead, as the row ``above`` shows.
    """
    titles, dated = table.column(TITLE), table.column(DEADLINE)
    bodies = [at for at, meaning in enumerate(table.columns) if meaning in _DOERS]
    done, timed = any(cells[at] for at in bodies), any(cells[at] for at in dated)
    if not done and not (timed and (not above or any(whole_time(above[at]) for at in dated))):
        return False  # nor a time beside another whole one
    if not any(len(cells[at]) >= (2 if done and timed else 4) for at in titles):
        return False
    return not above or not (
        any(text_breaks(above[at], cells[at]) for at in titles)
        or any(names_break(above[at], cells[at]) for at in bodies)
        or any(time_breaks(above[at], cells[at]) for at in dated)
    )


def _is_rest_of_cell(table: Table, cells: Sequence[str]) -> bool:
    """Say whether a row holds only the rest of one cell, which is no category: ||作业公示率100%|||."""
    filled = [at for at, cell in enumerate(cells) if cell]
    return len(filled) == 1 and filled[0] > 0 and table.columns[filled[0]] != TITLE


def _goes_on(table: Table, cells: Sequence[str]) -> bool:
    """Say whether a row without number is the rest of the row above (a page break within a row)."""
    titles = table.column(TITLE)
    last = table.rows[-1].cells
    if len({cell for cell in last if cell}) <= 1:
        return False  # behind a category row
    return bool(titles) and (not cells[titles[0]] or len(cells[titles[0]]) <= 12)
