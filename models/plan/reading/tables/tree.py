"""A table of tasks as a tree: its rows are nodes below those of their categories, as items below headings."""

from collections import Counter
from collections.abc import Iterator, Sequence

from models.plan.reading.outline.outline import CATEGORY, ROW, TEXT, Field, Node
from models.plan.reading.roles.bodies_and_persons import bodies_apart, body_role
from models.plan.reading.roles.roles import DEADLINE, POST, Grammar
from models.plan.reading.tables.heads import (
    DOERS,
    FREQUENCY,
    NUMBER,
    SECTION,
    STAGE,
    TARGET,
    TITLE,
    Table,
)
from models.plan.reading.tables.listed_rows import rows_apart
from models.plan.reading.tables.rows import stands_alone, sums_up
from models.plan.reading.targets.measured_cells import with_measure
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern

# A number printed in the cell of the title: （一）校园食安守护, 1.健全网络.
NUMBER_IN_TITLE = "^{题号}"
PLAIN_NUMBER = r"^（?{N}(?:\.{N})?[）.、]?$"
LONGEST_NUMBER = 8  # letters of ①, 1-1, A1, 第1项, （三）2
# The columns that say something of a task; the others number, order and measure it.
SAYING = {*DOERS, POST, DEADLINE, TITLE, TARGET, TEXT, FREQUENCY}


def tree_of(table: Table, grammar: Grammar) -> Node:
    """Return the root above the tasks of ``table`` and their categories.

    Rows that may be tasks and say not which are added to the table's ``untitled``.
    """
    root = above = Node("root")
    title_at, section_columns = _title_column(table)
    rows = list(rows_apart(table, title_at))
    titled = Counter(row.cells[title_at] for row in rows)
    for row in rows:
        category, title = _category(table, row.cells, title_at), row.cells[title_at]
        told = [row.cells[at] for at in section_columns] if category is None else [category]
        for heading in filter(None, told):
            above = _below(root, heading)
        number = _number(table, row.cells, title_at)
        if category is not None or not _names_a_task(table, row, number, title_at):
            continue
        own = next((at for at in table.measures() if row.cells[at]), title_at)
        if own == title_at or titled[title] < 2:
            above.add(_node(table, row, number, title_at, grammar))
        else:  # one task in several rows, each with a measure of its own
            _below(above, title).add(_node(table, row, number, own, grammar))
    return root


def _below(node: Node, heading: str) -> Node:
    """Return the last item below ``node`` where that has this heading, else a new one."""
    last = node.children[-1] if node.children else None
    if last and last.kind == CATEGORY and last.text == heading:
        return last
    return node.add(Node(CATEGORY, title=Passage(heading, ())))


def _category(table: Table, cells: Sequence[str], title_at: int) -> str | None:
    """Return the category that a row is, nothing for a note or a sum; None where it is none of these."""
    filled = list(dict.fromkeys(cell for cell in cells if cell))
    numbers = table.column(NUMBER)
    if numbers and _is_numbered_category(table, cells, numbers[0]):
        return filled[-1]
    bare = numbers and not cells[numbers[0]] and len(filled) <= 2 and not cells[title_at]
    if len(filled) > 1 and not bare:
        return None
    if not filled or pattern("^(?:注|备注|说明)：|^合计|^{N}$").match(filled[0]):
        return ""
    return pattern(r"^(?:{章号}、|{节号})").sub("", filled[0])


def _is_numbered_category(table: Table, cells: Sequence[str], number_at: int) -> bool:
    """Say whether a row is a category with a number of its own: 一 | 开办企业 | (empty) | (empty)."""
    others = {cell for at, cell in enumerate(cells) if cell and at != number_at}
    chinese = pattern("^(?:{章号}|{节号})[、.]?$").match(cells[number_at])
    if not chinese or len(others) != 1:
        return False
    return any(row.cells[number_at][:1].isdecimal() for row in table.rows)


def _number(table: Table, cells: Sequence[str], title_at: int) -> str:
    """Return what stands for a row's number; nothing where one cell is over number and title."""
    number = next((cells[at] for at in table.column(NUMBER)), "")
    return "" if number == cells[title_at] and not pattern(PLAIN_NUMBER).match(number) else number


def _names_a_task(table: Table, row: Passage, number: str, title_at: int) -> bool:
    """Say whether a row has a title and what may be its number, and keep those that should have had one."""
    cells = row.cells
    plain = not table.column(NUMBER) or pattern(PLAIN_NUMBER).match(number)
    if not plain and not _is_task(table, cells, number):
        asked = len(set(cells) - {""}) > 2 and not sums_up(cells)
    elif cells[title_at]:
        return True
    else:
        said = {cell for cell in cells if cell.strip("—-/…无")} - {number}
        asked = len(said) > (0 if number else 1)
    table.untitled += [row] if asked else []
    return False


def _is_task(table: Table, cells: Sequence[str], number: str) -> bool:
    """Say whether a row is a task whatever stands for its number: ①, 1-1, 甲, —, nothing."""
    if sums_up(cells):
        return False
    if number.strip("—-－/"):
        return len(number) <= LONGEST_NUMBER
    return stands_alone(table, cells) or bool(number) and len({c for c in cells if c}) > 2


def _title_column(table: Table) -> tuple[int, list[int]]:
    """Return the title's column and those of the category.

    A column 重点任务 whose cells are merged over several rows is a category; the column of measures
    beside it then holds the titles.
    """
    sections = [*table.column(STAGE), *table.column(SECTION)]
    best = table.column(TITLE)[0]
    cells = [row.cells[best] for row in table.rows if len({c for c in row.cells if c}) > 1]
    repeated = len(cells) - len({cell for cell in cells if cell})
    if cells and repeated * 3 > len(cells) and (others := table.measures()):
        return others[0], [*sections, best]
    return best, sections


def _node(table: Table, row: Passage, number: str, title_at: int, grammar: Grammar) -> Node:
    printed = number.strip("（）().、")
    title = Passage(pattern(NUMBER_IN_TITLE).sub("", row.cells[title_at]), row.marks[:1])
    return Node(
        ROW,
        int(printed) if printed.isdecimal() else 0,
        printed,
        [row],
        title=title,
        cells=list(_cells(table, row, grammar)),
    )


def _cells(table: Table, row: Passage, grammar: Grammar) -> Iterator[Field]:
    """Yield the cells of a row that say something of its task; of bodies and persons in one each apart."""
    for at, meaning in enumerate(table.columns):
        cell = row.cells[at]
        if not cell or meaning not in SAYING:
            continue
        if meaning in DOERS and body_role(table.heads[at], grammar):
            cell, persons = bodies_apart(cell)
            yield from (Field(POST, Passage(person, row.marks[:1])) for person in persons)
        elif meaning == TARGET:  # of another year's result it would make one
            cell = with_measure(cell, row.cells, grammar.words.measures)
        yield Field(meaning, Passage(cell, row.marks[:1]))
