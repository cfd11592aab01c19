"""Rows of a table under its heads: those of their own, and those that go on with the row above."""

from collections.abc import Sequence

from models.plan.reading.roles.roles import DEADLINE
from models.plan.reading.tables.broken_rows import names_break, text_breaks, time_breaks, whole_time
from models.plan.reading.tables.heads import DOERS, NUMBER, SECTION, TEXT, TITLE, Table
from models.plan.reading.tables.short_rows import placed
from models.plan.reading.tables.text_tables import SEPARATOR
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern

# What stands for the cell above; no dash, which crosses a cell out.
DITTO = r"(?:同上|同前|仝上|同左上|〃|″|々|“|”|''){1,2}[。]?"
# A row that only says that the table goes on: 续表, 重点任务分工表（续）.
CONTINUED = (
    r"（?(?:续[上前]?[表页]|[接转][上下]?页|续)[{一}\d]{0,2}）?|.{2,30}（续表?[{一}\d]{0,2}）"
)


def add_row(table: Table, passage: Passage) -> None:
    """Add a row to ``table``, or to its last row where it is the rest of that."""
    if len(set(passage.cells) - {""}) == 1 and pattern(CONTINUED).fullmatch(max(passage.cells)):
        return
    cells = _as_above(table, _under_the_heads(table, passage))
    if more := _with_more_bodies(table, cells):
        last = table.rows[-1]
        table.rows[-1] = Passage("|".join(more), last.marks, more, last.table)
        return
    row = Passage(passage.text, passage.marks, tuple(cells), passage.table)
    numbers = table.column(NUMBER)
    filled = [cell for cell in cells if cell]
    if (
        table.rows
        and not (cells[numbers[0]] if numbers else _says_what(table, cells))
        and (_is_rest_of_cell(table, cells) or 1 < len(filled) < len(cells))
        and _goes_on(table, cells)
        and not stands_alone(table, cells, table.rows[-1].cells)
        and not _is_a_further_measure(table, cells)
        and not sums_up(cells)
    ):
        last = table.rows[-1]
        if _may_be_its_own(table, cells):
            table.glued.append(passage)
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


def _as_above(table: Table, cells: list[str]) -> list[str]:
    """Return ``cells`` with what the row above says in place of 同上; it stands where nothing is above.

    A measure of its own under a task that is printed once belongs to the task above.
    """
    rows = (row.cells for row in reversed(table.rows) if len(set(row.cells) - {""}) > 1)
    above = next(rows, None)
    if above is None:
        return cells
    same = pattern(DITTO)
    cells = [a if same.fullmatch(cell) else cell for cell, a in zip(cells, above, strict=True)]
    if _is_a_further_measure(table, cells):
        title = table.column(TITLE)[0]
        cells[title] = above[title]
    return cells


def _with_more_bodies(table: Table, cells: Sequence[str]) -> tuple[str, ...] | None:
    """Return the row above with the bodies of ``cells``, where only they differ: its other cells are merged."""
    titles = table.column(TITLE)
    if not (table.rows and table.is_task_table and titles and cells[titles[0]]):
        return None
    above = table.rows[-1].cells
    bodies = [at for at, meaning in enumerate(table.columns) if meaning in DOERS]
    same = all(
        a == b for at, (a, b) in enumerate(zip(above, cells, strict=True)) if at not in bodies
    )
    if (
        not same
        or len(set(above) - {""}) < 2
        or not all(above[at] or not cells[at] for at in bodies)
    ):
        return None
    joined = list(above)
    for at in bodies:
        if cells[at] and cells[at] not in above[at].split("；"):
            joined[at] = f"{above[at]}；{cells[at]}"
    return tuple(joined)


def _says_what(table: Table, cells: Sequence[str]) -> bool:
    return not table.is_task_table or any(cells[at] for at in table.column(TITLE))


def _may_be_its_own(table: Table, cells: Sequence[str]) -> bool:
    """Say whether a row that goes on with the one above has two of what, who and when beside theirs."""
    above = table.rows[-1].cells
    beside = [at for at, cell in enumerate(cells) if cell and above[at] and cell != above[at]]
    bodies = [at for at in beside if table.columns[at] in DOERS]
    dated = any(
        table.columns[at] == DEADLINE and not time_breaks(above[at], cells[at]) for at in beside
    )
    what = [at for at in measures(table) if at in beside]
    if any(text_breaks(above[at], cells[at]) for at in what):
        return False
    whose = bool(bodies) and not any(names_break(above[at], cells[at]) for at in bodies)
    return dated + bool(what) + whose > 1


def _is_a_further_measure(table: Table, cells: Sequence[str]) -> bool:
    """Say whether a row without number and task says what, who and until when, each beside a whole one."""
    titles, dated = table.column(TITLE), table.column(DEADLINE)
    bodies = [at for at, meaning in enumerate(table.columns) if meaning in DOERS]
    what = measures(table)
    if not (titles and dated and bodies and what and table.rows):
        return False
    above = table.rows[-1].cells
    return (
        cells[titles[0]] in ("", above[titles[0]])
        and any(len(cells[at]) >= 4 and above[at] for at in what)
        and any(cells[at] and above[at] for at in bodies)
        and any(cells[at] and whole_time(above[at]) for at in dated)
        and not any(text_breaks(above[at], cells[at]) for at in what)
        and not any(names_break(above[at], cells[at]) for at in bodies)
        and not any(time_breaks(above[at], cells[at]) for at in dated)
    )


def measures(table: Table) -> list[int]:
    """Return the columns beside the task that say what is done: 具体措施, 主要内容."""
    asked = pattern(r"{做法栏}")
    return [at for at in table.column(TEXT) if asked.search(table.heads[at])]


def sums_up(cells: Sequence[str]) -> bool:
    """Say whether a row belongs to the whole table: 合计, 注：…."""
    words = r"{合计行}(?:[：\d]|$)|{附注词}\d?[：]"
    label = next((cell for cell in cells if cell), "")  # 备注 | 以上任务…
    told = pattern(r"(?:备注|说明|注)[：]?|填[报表](?:人|单位|日期).*").fullmatch(label)
    return bool(told) or any(pattern(words).match(cell) for cell in cells)


def stands_alone(table: Table, cells: Sequence[str], above: Sequence[str] = ()) -> bool:
    """Say whether a row without number is a task of its own: it says what, and who or until when.

    The rest of a row that a page broke has pieces of these instead, as the row ``above`` shows.
    """
    titles, dated = table.column(TITLE), table.column(DEADLINE)
    bodies = [at for at, meaning in enumerate(table.columns) if meaning in DOERS]
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
    if len(filled) != 1 or not filled[0]:
        return False
    at, above = filled[0], table.rows[-1].cells
    return table.columns[at] != TITLE or text_breaks(above[at], cells[at])


def _goes_on(table: Table, cells: Sequence[str]) -> bool:
    """Say whether a row without number is the rest of the row above (a page break within a row)."""
    titles = table.column(TITLE)
    last = table.rows[-1].cells
    if len({cell for cell in last if cell}) <= 1:
        return False  # behind a category row
    if not titles:
        return False
    above, below = last[titles[0]], cells[titles[0]]
    return not below or len(below) <= 12 or text_breaks(above, below)
