"""Where a table begins on a sheet: its header, found by the names of its columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tasks.workbook.cells import SAME, as_text, half_width, without_blanks
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.opening import Broken, Grid, Merge, Page
from tasks.workbook.rows import Faults

HEADER_WITHIN = 30  # rows
MOST_MERGED = 300_000  # rows that merged cells may reach over, all together

Line = Sequence[object]


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its row (from 0), and where each column stands."""

    row: int
    found: dict[str, list[int]] = field(default_factory=dict)

    @property
    def places(self) -> dict[str, int]:
        """Return the place of every column."""
        return {name: places[0] for name, places in self.found.items()}

    def has_all(self, columns: Iterable[Column]) -> bool:
        """Say whether every column that must be there is."""
        return bool(self.found) and all(
            column.name in self.found for column in columns if column.required
        )


def header_of(grid: Sequence[Line], columns: Sequence[Column]) -> Header:
    """Return the header among the first rows: the row with most of the columns."""
    names = _spellings(columns)
    best = Header(0)
    for number, line in enumerate(grid[:HEADER_WITHIN]):
        found = columns_in(line, names)
        if len(found) > len(best.found):
            best = Header(number, found)
        if len(best.found) == len(columns):
            break  # no row below has more
    return best


def columns_in(line: Line, names: dict[str, str]) -> dict[str, list[int]]:
    """Return where in a row the names of columns stand."""
    found: dict[str, list[int]] = {}
    for place, cell in enumerate(line):
        if isinstance(cell, str) and cell and (name := names.get(plain(cell))):
            found.setdefault(name, []).append(place)
    return found


def shown_places(header: Line, sheet: Sheet) -> dict[str, int]:
    """Return where the columns stand that are only shown; the first of two of the same name."""
    names = {plain(name): name for name in sheet.shown}
    return {name: places[0] for name, places in columns_in(header, names).items()}


def is_repeated(header: Line, line: Line, places: Iterable[int]) -> bool:
    """Say whether ``line`` is the same header again."""
    return all(
        place < len(line) and plain(as_text(line[place])) == plain(as_text(header[place]))
        for place in places
    )


def names_of(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Return the name of every column of ``sheets``, by each way to spell it."""
    columns = [column for sheet in sheets for column in sheet.read]
    names = _spellings(columns)
    return names | {plain(name): name for sheet in sheets for name in sheet.shown}


def _spellings(columns: Iterable[Column]) -> dict[str, str]:
    """Return the name of each column by every way to spell it; its own name comes first."""
    others = {plain(other): column.name for column in columns for other in column.others}
    return others | {plain(column.name): column.name for column in columns}


def sound_header(name: str, grid: Grid, sheet: Sheet, faults: Faults) -> Header | None:
    """Return the header of ``sheet``; faults and None when it, or a column of it, is not there."""
    header = header_of(grid, sheet.read)
    required = [column.name for column in sheet.read if column.required]
    if not header.found:
        names = "、".join(required)
        faults.add(f"表“{name}”前 {HEADER_WITHIN} 行里找不到表头，应有这些列：{names}")
        return None
    place = f"表“{name}”第 {header.row + 1} 行表头"
    missing = [name for name in required if name not in header.found]
    for name in missing:
        faults.add(f"{place}缺少“{name}”列")
    twice = {name: places for name, places in header.found.items() if len(places) > 1}
    for name, places in twice.items():
        spelled = dict.fromkeys(plain(as_text(grid[header.row][n])) for n in places)
        both = f"“{'”“'.join(spelled)}”都可作" if len(spelled) > 1 else "有两个"
        faults.add(f"{place}{both}“{name}”列，请只留一个")
    return None if missing or twice else header


def spread(name: str, grid: Grid, merges: Sequence[Merge], header: Header, faults: Faults) -> None:
    """Give every row below the header what a cell merged over rows shows for it.

    A cell merged over columns that are read is a fault: nobody can say which of them it fills in.
    """
    columns = sorted((place, name) for name, place in header.places.items())
    left_over = MOST_MERGED
    for top, left, bottom, right in merges:
        inside = [name for place, name in columns if left <= place <= right]
        if top <= header.row or top >= len(grid) or not inside:
            continue
        bottom = min(bottom, len(grid) - 1)
        left_over -= bottom - top
        if left_over < 0:
            faults.add(f"表“{name}”里合并的单元格太多，请取消合并后再试")
            return
        shown = grid[top][left] if left < len(grid[top]) else ""
        if not as_text(shown):
            continue
        if right > left:
            faults.add(
                f"表“{name}”第 {top + 1} 行“{inside[0]}”列：与旁边的列合并成了一格，"
                "看不出各列填的是什么；请取消合并后分别填写"
            )
            continue
        for line in grid[top + 1 : bottom + 1]:
            _fill(line, left, shown)


def _fill(line: list[object], place: int, shown: object) -> None:
    line += [""] * (place + 1 - len(line))
    own = as_text(line[place])
    if own and own != as_text(shown):
        line[place] = Broken(own, "与上面的格合并了，里面却另有内容；请取消合并后填写")
    elif any(as_text(cell) for cell in line):
        line[place] = shown


def texts_below(
    found: Mapping[str, Sequence[Page]], sheet: Sheet, names: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the texts of columns, read or shown, below the header of ``sheet``; nothing is kept of a fault."""
    for page in found.get(sheet.name, ())[:1]:
        header = header_of(page.grid, sheet.read)
        places = shown_places(page.grid[header.row], sheet) | header.places
        for line in page.grid[header.row + 1 :]:
            texts = [
                as_text(line[place]) if (place := places.get(name, -1)) in range(len(line)) else ""
                for name in names
            ]
            if any(texts):
                yield tuple(texts)


@lru_cache(SAME)
def plain(name: str) -> str:
    """Return a column's name as it is compared: no blanks, marks in half width, no star."""
    return half_width(without_blanks(name)).replace("*", "").rstrip(":")
