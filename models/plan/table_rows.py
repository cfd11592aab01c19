"""Rows of a table under its heads: those of their own, and those that go on with the row above."""

from collections.abc import Sequence

from models.plan.broken_rows import names_break, text_breaks, time_breaks, whole_time
from models.plan.passages import Passage
from models.plan.patterns import pattern
from models.plan.roles import DEADLINE
from models.plan.short_rows import placed
from models.plan.table_heads import DOERS, NUMBER, SECTION, TITLE, Table
from models.plan.text_tables import SEPARATOR


def add_row(table: Table, passage: Passage) -> None:
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
    return len(filled) == 1 and filled[0] > 0 and table.columns[filled[0]] != TITLE


def _goes_on(table: Table, cells: Sequence[str]) -> bool:
    """Say whether a row without number is the rest of the row above (a page break within a row)."""
    titles = table.column(TITLE)
    last = table.rows[-1].cells
    if len({cell for cell in last if cell}) <= 1:
        return False  # behind a category row
    return bool(titles) and (not cells[titles[0]] or len(cells[titles[0]]) <= 12)
