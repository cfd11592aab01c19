"""The rows of a table under its heads made normal, each in the light of those above, which are so by then."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from models.plan.reading.roles.roles import DEADLINE
from models.plan.reading.tables.cells import breaks, is_whole_time, may_mean
from models.plan.reading.tables.heads import NUMBER, SECTION, TITLE, Table
from models.plan.reading.tables.text_tables import SEPARATOR
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern

# What stands for the cell above; no dash, which crosses a cell out.
DITTO = r"(?:同上|同前|仝上|同左上|〃|″|々|“|”|''){1,2}[。]?"
# A row that only says that the table goes on: 续表, 重点任务分工表（续）.
CONTINUED = "（?(?:续[上前]?[表页]|[接转][上下]?页|续){N}?）?|.{2,30}（续表?{N}?）"
MOST_MISSING = 3  # cells of a row
MOST_COLUMNS = 16


def add_row(table: Table, row: Passage) -> None:
    """Add a row to ``table`` as the last of the steps leaves it; one that says nothing of its own is not added."""
    left: Passage | None = row
    for step in STEPS:
        left = step(table, left) if left else None
    table.rows += [left] if left and any(left.cells) else []


def _says_something(table: Table, row: Passage) -> Passage | None:
    """Drop rules between rows, and rows that only say that the table goes on."""
    said = set(row.cells) - {""}
    only = len(said) == 1 and pattern(CONTINUED).fullmatch(max(said))
    return None if only or pattern(rf"(?:{SEPARATOR})?").fullmatch("".join(said)) else row


def _under_the_heads(table: Table, row: Passage) -> Passage:
    """Return a row with a cell for each head; one with too few or too many that is not sure is doubtful."""
    cells, width = row.cells, len(table.columns)
    short = len(cells) < width and sum(map(bool, cells)) > 1 and not sums_up(cells)
    put = _placed(cells, table.columns) if short else None
    if (short and not put) or any(cells[width:]):
        table.doubtful.append(row)
    return _with(row, put or [*cells, *[""] * (width - len(cells))][:width])


def _placed(cells: Sequence[str], columns: Sequence[str]) -> list[str] | None:
    """Return ``cells`` with empty ones put in; None when they may stand in several ways or in none.

    A column of categories, whose cells are merged, is the likeliest to lack one.
    """
    missing = len(columns) - len(cells)
    if not 0 < missing <= MOST_MISSING or len(columns) > MOST_COLUMNS:
        return None
    ways: list[tuple[bool, list[str]]] = []
    for left_out in combinations(range(len(columns)), missing):
        left = iter(cells)
        row = ["" if at in left_out else next(left) for at in range(len(columns))]
        under = list(zip(row, columns, strict=True))
        titled = any(cell for cell, meaning in under if meaning == TITLE)
        if titled and all(not cell or may_mean(cell, meaning) for cell, meaning in under):
            ways.append((all(columns[at] == SECTION for at in left_out), row))
    likely = [row for of_categories, row in ways if of_categories] or [row for _, row in ways]
    return likely[0] if len(likely) == 1 else None


def _as_above(table: Table, row: Passage) -> Passage:
    """Return a row with what the row above says in place of 同上; it stands where nothing is above.

    A measure of its own under a task that is printed once belongs to the task above.
    """
    rows = (row.cells for row in reversed(table.rows) if len(set(row.cells) - {""}) > 1)
    above = next(rows, None)
    if above is None:
        return row
    same = pattern(DITTO)
    cells = [a if same.fullmatch(b) else b for a, b in zip(above, row.cells, strict=True)]
    if _is_a_further_measure(table, cells):
        title = table.column(TITLE)[0]
        cells[title] = above[title]
    return _with(row, cells)


def _more_bodies(table: Table, row: Passage) -> Passage | None:
    """Give the bodies of a row to the row above, where only they differ: its other cells are merged."""
    if not (table.rows and table.is_task_table and _fills(row.cells, table.column(TITLE)[:1])):
        return row
    above, bodies = table.rows[-1].cells, table.bodies()
    both = list(enumerate(zip(above, row.cells, strict=True)))
    same = all(a == b if at not in bodies else a or not b for at, (a, b) in both)
    if not same or len(set(above) - {""}) < 2:
        return row
    new = [f"{a}；{b}" if a != b and b and b not in a.split("；") else a for _, (a, b) in both]
    table.rows[-1] = _joined(table.rows[-1], new)
    return None


def _rest_of_above(table: Table, row: Passage) -> Passage | None:
    """Give a row to the row above where it is the rest of that."""
    cells, numbers = row.cells, table.column(NUMBER)
    named = _fills(cells, numbers[:1]) if numbers else _says_what(table, cells)
    if not table.rows or named or not _goes_on(table, cells):
        return row
    above = table.rows[-1]
    if (
        stands_alone(table, cells, above.cells)
        or _is_a_further_measure(table, cells)
        or sums_up(cells)
    ):
        return row
    if _may_be_its_own(table, cells):
        table.glued.append(row)
    new = [a if a == b else a + b for a, b in zip(above.cells, cells, strict=True)]
    table.rows[-1] = _joined(above, new)
    return None


# In this order. What a step returns goes on to the next; None is taken, or says nothing.
STEPS: tuple[Callable[[Table, Passage], Passage | None], ...] = (
    _says_something,
    _under_the_heads,
    _as_above,
    _more_bodies,
    _rest_of_above,
)


def _with(row: Passage, cells: Sequence[str]) -> Passage:
    return Passage(row.text, row.marks, tuple(cells), row.table)


def _joined(row: Passage, cells: Sequence[str]) -> Passage:
    return Passage("|".join(cells), row.marks, tuple(cells), row.table)


def _fills(cells: Sequence[str], places: Iterable[int]) -> bool:
    return any(cells[at] for at in places)


def _break(table: Table, cells: Sequence[str], places: Iterable[int]) -> bool:
    """Say whether any cell of the last row visibly goes on in ``cells``."""
    above = table.rows[-1].cells
    return any(breaks(above[at], cells[at], table.columns[at]) for at in places)


def _says_what(table: Table, cells: Sequence[str]) -> bool:
    return not table.is_task_table or _fills(cells, table.column(TITLE))


def _may_be_its_own(table: Table, cells: Sequence[str]) -> bool:
    """Say whether a row that goes on with the one above has two of what, who and when beside theirs."""
    above = table.rows[-1].cells
    beside = [at for at, cell in enumerate(cells) if cell and above[at] and cell != above[at]]
    what, who, when = (
        [at for at in beside if at in places]
        for places in (table.measures(), table.bodies(), table.column(DEADLINE))
    )
    whose = bool(who) and not _break(table, cells, who)
    dated = any(not _break(table, cells, [at]) for at in when)
    return not _break(table, cells, what) and bool(what) + whose + dated > 1


def _is_a_further_measure(table: Table, cells: Sequence[str]) -> bool:
    """Say whether a row without number and task says what, who and until when, each beside a whole one."""
    titles, dated = table.column(TITLE), table.column(DEADLINE)
    bodies, what = table.bodies(), table.measures()
    if not (titles and dated and bodies and what and table.rows):
        return False
    above = table.rows[-1].cells
    return (
        cells[titles[0]] in ("", above[titles[0]])
        and any(len(cells[at]) >= 4 and above[at] for at in what)
        and any(cells[at] and above[at] for at in bodies)
        and any(cells[at] and is_whole_time(above[at]) for at in dated)
        and not _break(table, cells, [*what, *bodies, *dated])
    )


def sums_up(cells: Sequence[str]) -> bool:
    """Say whether a row belongs to the whole table: 合计, 注：…."""
    words = "{合计行}(?:：|{N}|$)|{附注词}{N}?："
    label = next((cell for cell in cells if cell), "")  # 备注 | 以上任务…
    told = pattern(r"(?:备注|说明|注)[：]?|填[报表](?:人|单位|日期).*").fullmatch(label)
    return bool(told) or any(pattern(words).match(cell) for cell in cells)


def stands_alone(table: Table, cells: Sequence[str], above: Sequence[str] = ()) -> bool:
    """Say whether a row without number is a task of its own: it says what, and who or until when.

    The rest of a row that a page broke has pieces of these instead, as the row ``above`` shows.
    """
    titles, dated, bodies = table.column(TITLE), table.column(DEADLINE), table.bodies()
    done, timed = _fills(cells, bodies), _fills(cells, dated)
    if not done and not (timed and (not above or any(is_whole_time(above[at]) for at in dated))):
        return False  # nor a time beside another whole one
    if not any(len(cells[at]) >= (2 if done and timed else 4) for at in titles):
        return False
    return not above or not _break(table, cells, [*titles, *bodies, *dated])


def _goes_on(table: Table, cells: Sequence[str]) -> bool:
    """Say whether a row without number may be the rest of the row above (a page break within a row)."""
    above, titles = table.rows[-1].cells, table.column(TITLE)
    filled = [at for at, cell in enumerate(cells) if cell]
    if not titles or len(set(above) - {""}) <= 1:  # behind a category row
        return False
    if len(filled) == len(cells):
        return False
    if len(filled) == 1:  # the rest of one cell, which is no category: ||作业公示率100%|||
        at = filled[0]
        whole = table.columns[at] == TITLE and not _break(table, cells, [at])
        if not at or whole:
            return False
    below = cells[titles[0]]
    return len(below) <= 12 or _break(table, cells, titles[:1])
