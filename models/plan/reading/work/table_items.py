"""Work items out of a table of tasks: one for each numbered row."""

from collections import Counter
from collections.abc import Sequence

from models.plan.reading.outline.outline import title_of
from models.plan.reading.roles.annotations import find_annotations, read_annotation
from models.plan.reading.roles.bodies_and_persons import bodies_apart, body_role
from models.plan.reading.roles.roles import (
    COOPERATING,
    DEADLINE,
    LEAD,
    POST,
    RESPONSIBLE,
    Grammar,
    Roles,
)
from models.plan.reading.tables.heads import (
    FREQUENCY,
    NUMBER,
    SECTION,
    STAGE,
    TARGET,
    TEXT,
    TITLE,
    Table,
)
from models.plan.reading.tables.listed_rows import rows_apart
from models.plan.reading.tables.rows import measures, stands_alone, sums_up
from models.plan.reading.targets.measured_cells import with_measure
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import HAN, pattern
from models.plan.reading.work.items import WorkItem, without

# A number printed in the cell of the title: （一）校园食安守护, 1.健全网络.
NUMBER_IN_TITLE = r"^(?:{括号}|{章号}、|\d{1,3}[.、](?!\d))"


PLAIN_NUMBER = r"^（?\d{1,3}(?:\.\d{1,2})?[）.、]?$|^{一}{1,3}$"
LONGEST_NUMBER = 8  # letters of ①, 1-1, A1, 第1项, （三）2


def items_of_table(table: Table, grammar: Grammar) -> list[WorkItem]:
    """Return the work items of a table of tasks: one for each numbered row."""
    items: list[WorkItem] = []
    section = ""
    numbers, titles = table.column(NUMBER), table.column(TITLE)
    title_at, section_columns = _title_column(table, titles)
    rows = list(rows_apart(table, title_at))
    titled = Counter(row.cells[title_at] for row in rows)
    for row in rows:
        cells = row.cells
        filled = list(dict.fromkeys(cell for cell in cells if cell))
        if numbers and _is_category(table, cells, numbers[0]):
            section = filled[-1]
            continue
        if len(filled) == 1 or (
            numbers and not cells[numbers[0]] and len(filled) <= 2 and not cells[title_at]
        ):
            if not pattern(r"^(?:注|备注|说明)[：]|^合计|^\d+$").match(filled[0]):
                section = pattern(r"^(?:{章号}、|{节号})").sub("", filled[0])
            continue
        for at in section_columns:
            section = cells[at] or section
        number = cells[numbers[0]] if numbers else ""
        if number == cells[title_at] and not pattern(PLAIN_NUMBER).match(number):
            number = ""  # one cell over both columns
        if (
            numbers
            and not pattern(PLAIN_NUMBER).match(number)
            and not _is_task(table, cells, number)
        ):
            if len(filled) > 2 and not sums_up(cells):
                table.untitled.append(row)
            continue
        if not cells[title_at]:
            said = {cell for cell in cells if cell.strip("—-/…无")} - {number}
            if len(said) > (0 if number else 1):
                table.untitled.append(row)
            continue
        own = next((at for at in measures(table) if cells[at]), title_at)
        if own == title_at or titled[cells[title_at]] < 2:
            items.append(_read_row(table, row, number, section, title_at, grammar))
        else:  # one task in several rows, each with a measure of its own
            items.append(_read_row(table, row, number, cells[title_at], own, grammar))
    return items


def _is_task(table: Table, cells: Sequence[str], number: str) -> bool:
    """Say whether a row is a task whatever stands for its number: ①, 1-1, 甲, —, nothing."""
    if sums_up(cells):
        return False
    if number.strip("—-－/"):
        return len(number) <= LONGEST_NUMBER
    return stands_alone(table, cells) or bool(number) and len({c for c in cells if c}) > 2


def _is_category(table: Table, cells: Sequence[str], number_at: int) -> bool:
    """Say whether a row is a category with a number of its own: 一 | 开办企业 | (empty) | (empty)."""
    others = {cell for at, cell in enumerate(cells) if cell and at != number_at}
    chinese = pattern(r"^（?{一}{1,3}）?[、.]?$")
    arabic = any(row.cells[number_at][:1].isdecimal() for row in table.rows)
    return bool(chinese.match(cells[number_at])) and len(others) == 1 and arabic


def _title_column(table: Table, titles: Sequence[int]) -> tuple[int, list[int]]:
    """Return the title's column and those of the category.

    A column 重点任务 whose cells are merged over several rows is a category; the column of measures
    beside it then holds the titles.
    """
    sections = [*table.column(STAGE), *table.column(SECTION)]
    best = titles[0]
    cells = [row.cells[best] for row in table.rows if len({c for c in row.cells if c}) > 1]
    repeated = len(cells) - len({cell for cell in cells if cell})
    if cells and repeated * 3 > len(cells) and (others := measures(table)):
        return others[0], [*sections, best]
    return best, sections


def _read_row(
    table: Table, row: Passage, number: str, section: str, title_at: int, grammar: Grammar
) -> WorkItem:
    roles = Roles()
    texts: list[Passage] = []
    unread: list[str] = []
    for at, meaning in enumerate(table.columns):
        cell = row.cells[at]
        if not cell:
            continue
        if meaning in {LEAD, RESPONSIBLE, COOPERATING, POST}:
            if meaning != POST and body_role(table.heads[at], grammar):
                cell, persons = bodies_apart(cell)
                roles.add(POST, persons)
            _read_cell(cell, meaning, grammar, roles)
            if meaning != POST:
                unread += _left_of(cell, roles, grammar)
        elif meaning == DEADLINE:
            roles.due(cell)
        elif meaning in {TITLE, TARGET, TEXT, FREQUENCY} or at == title_at:
            if meaning == TARGET:  # of another year's result it would make one
                cell = with_measure(cell, row.cells, grammar.words.measures)
            passage = Passage(cell, row.marks[:1])
            spans = find_annotations(cell, grammar)
            for start, end in spans:
                read_annotation(cell[start:end], grammar, roles)
            texts += without(passage, spans)
    roles.responsible = [name for name in roles.responsible if name not in roles.lead]
    plain = pattern(r"^（?(\d{1,3})[）.、]?$").match(number)
    value = plain[1] if plain else ""
    return WorkItem(
        number=number.strip("（）().、"),
        value=int(value) if value else None,
        section=section,
        title=title_of(pattern(NUMBER_IN_TITLE).sub("", row.cells[title_at])),
        roles=roles,
        texts=texts,
        source=row,
        unread=unread,
        places=[row],
    )


def _read_cell(cell: str, role: str, grammar: Grammar, roles: Roles) -> None:
    """Read a cell of units: a plain list, or one with roles of its own (牵头单位：…配合单位：…)."""
    label = {LEAD: "牵头单位：", COOPERATING: "配合单位：", RESPONSIBLE: "责任单位："}
    if role == POST:
        roles.add(POST, [cell])
        return
    has_label = pattern(grammar.label).match(cell)
    read_annotation(cell if has_label else label[role] + cell, grammar, roles)


_LEVELS = ("省", "市", "县", "区", "州")
# What a cell of bodies says besides their names.
_BESIDE = r"(?:排名?|列)(?:第一|首)位?的?|按照?|各自|职责|职能|权限|分工|任务|{角色}|{单位}|组织|具体|分别|共同|会同|联合|等|及其?|以及|和|与|由|为|并|其中|下属|所属|有关|相关|各"


def _left_of(cell: str, roles: Roles, grammar: Grammar) -> list[str]:
    """Return the words of a cell of bodies that are in no name, no role and no date."""
    rest, names = cell, {*roles.lead, *roles.responsible, *roles.cooperating}
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, "、").replace(name.removeprefix("各"), "、")
    if roles.deadline:
        rest = rest.replace(roles.deadline, "、")
    rest = pattern(rf"{_BESIDE}|{grammar.words.role_pattern}").sub("", rest)
    pieces = pattern(rf"[^{HAN}A-Za-z\d%]+").split(rest)
    # 县区党委、政府 are two names, and of 市、县司法局 one is left.
    known = tuple(piece for piece in pieces if any(name.endswith(piece) for name in names))
    left = [piece for piece in pieces if piece not in known or piece in _LEVELS]
    return [piece for piece in left if piece in _LEVELS or pattern("{H}{2}").search(piece)]
