"""Open a workbook: the one way to the cells of its sheets, and to what stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from models.errors import PlanError
from models.files.whole_file import read_given, shown_name
from models.rules.bounds import shown
from tasks.guarded.guard import LIMITS, GivenUp, worker
from tasks.guarded.many import FileLimits, ManyWorker
from tasks.workbook.cells import as_text
from tasks.workbook.checking import LARGEST_FILE, MOST_CELLS, MOST_ROWS, SAVE_AS, Outside, look_at
from tasks.workbook.marks import NO_RESULT, PICTURE
from tasks.workbook.sheets import put_back

if TYPE_CHECKING:
    from tasks.workbook.sheets import RawSheet

Grid = list[list[object]]
Merge = tuple[int, int, int, int]  # first row and column, last row and column; from 0

# How a cell reads that holds an error: Excel's words, in formulas and as they are pasted.
ERRORS = frozenset(
    ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#SPILL!", "#CALC!")
)
CLOSE_IT = "；如正在 Excel、WPS 中打开，请先关闭它"
SMALL = FileLimits(memory=LIMITS.memory)
NAMED = 6  # cells with a remark that are named


class Broken(str):
    """A cell that holds nothing to be taken; ``words`` say what it holds instead.

    It calls itself unprintable, so that whoever measures a cell's text looks at it twice.
    """

    __slots__ = ("words",)
    words: str

    def __new__(cls, text: str, words: str) -> Self:
        """Return a cell that shows ``text`` and cannot be taken for the reason ``words`` give."""
        cell = super().__new__(cls, text)
        cell.words = words
        return cell

    def isprintable(self) -> bool:
        """Return False."""
        return False


@dataclass(slots=True, eq=False)
class Page:
    """A sheet as it came back.

    ``hidden`` is one that nobody can see or show again with a click; ``beside`` names what stands on
    it and is no cell: remarks, boxes, pictures. ``struck`` are the cells with words that are struck out.
    """

    name: str
    hidden: bool
    grid: Grid
    merges: Sequence[Merge] = ()
    beside: list[str] = field(default_factory=list)
    struck: Sequence[tuple[int, int]] = ()  # row and column, from 0

    @property
    def says_something(self) -> bool:
        """Say whether any cell holds anything."""
        return any(as_text(cell) for line in self.grid for cell in line)


def read_pages(path: Path) -> tuple[list[Page], list[str]]:
    """Return what `pages_within` does of a file, which is read once. Raises NotFoundError too."""
    return pages_within(shown_name(path), read_given(path, LARGEST_FILE, "本系统的表格", CLOSE_IT))


def reading_many() -> ManyWorker:
    """Return a process that takes apart one workbook after the other; for `pages_within`, in a ``with``."""
    return ManyWorker("tasks.workbook.sheets:all_sheets", SMALL)


def pages_within(
    name: str, content: bytes, many: ManyWorker | None = None
) -> tuple[list[Page], list[str]]:
    """Return every sheet of a workbook, and what is to be told of the file as a whole.

    It is looked at from outside, and taken apart in a process of its own, or in that of ``many``. Raises PlanError with one
    line when it is no workbook of Excel, locked by a password, broken, or too large to be one of ours.
    """
    if len(content) > LARGEST_FILE:
        raise PlanError(name, [f"文件超过 {LARGEST_FILE // 1_000_000} MB，不像是本系统的表格"])
    try:
        look, found = _taken_apart(name, content, many)
        pages = [Page(sheet[0], sheet[1], put_back(sheet), sheet[4]) for sheet in found]
        if look.closer:
            _mark(pages, content)
    except GivenUp as reason:
        raise PlanError(name, [f"文件{reason}；请用 Excel 或 WPS 打开后另存为 .xlsx"]) from None
    for page in pages if look.errors else ():
        _find_errors(page.grid)
    return pages, list(look.notes)


def _taken_apart(
    name: str, content: bytes, many: ManyWorker | None
) -> tuple[Outside, "Sequence[RawSheet]"]:
    if many is not None:
        look = _sound(name, content)
        answer = many.look(name, content)
        if answer.fault:
            raise GivenUp(answer.fault)
        return look, answer.found
    with worker("tasks.workbook.sheets:sheets") as reader:
        look = _sound(name, content)
        return look, list(reader.parts(content))


def _sound(name: str, content: bytes) -> Outside:
    look = look_at(content)
    if look.fault:
        raise PlanError(name, [look.fault])
    return look


def _mark(pages: Sequence[Page], content: bytes) -> None:
    """Put what the file says of each sheet into its cells, and beside them."""
    by_name = {page.name: page for page in pages}
    with worker("tasks.workbook.marks:marks") as reader:
        for name, cells, remarks, boxes, pictures, charts, struck in reader.parts(content):
            page = by_name.get(name)
            if page is None:
                continue
            page.struck = struck
            if beyond := _put(page.grid, cells):
                page.beside.append(f"在数据右侧有 {beyond} 处公式，没有收")
            if remarks:
                more = "等" if len(remarks) > NAMED else ""
                places = "、".join(remarks[:NAMED])
                page.beside.append(f"有 {len(remarks)} 处批注（{places}{more}），没有收")
            page.beside += [f"有文本框“{shown(text)}”，没有收" for text in boxes if text.strip()]
            if pictures:
                page.beside.append(f"有 {pictures} 张图片，没有收")
            if charts:
                page.beside.append(f"有 {charts} 个图表，没有收")


def _put(grid: Grid, cells: Sequence[tuple[int, int, str]]) -> int:
    """Put cells where calamine saw nothing; return how many stand right of all that it saw.

    Rows that it did not see are made. Raises GivenUp when that would be a great many.
    """
    width = max(map(len, grid), default=0)
    beyond = made = 0
    for row, column, error in cells:
        if column >= width:
            beyond += 1
            continue
        if row >= MOST_ROWS or made > MOST_CELLS:
            raise GivenUp("太大或太复杂，没有读完")
        while len(grid) <= row:
            grid.append([])
        made += column + 1 - len(grid[row])
        grid[row] += [""] * (column + 1 - len(grid[row]))
        grid[row][column] = _broken_by(error)
    return beyond


def _broken_by(error: str) -> Broken:
    if error == NO_RESULT:
        return Broken("公式", f"是公式，文件里没有留下结果；{SAVE_AS}，或直接填写内容")
    if error == PICTURE:
        return Broken("图片", "是嵌在格子里的图片，请改为文字")
    return Broken(error, f"是公式错误 {error}，请直接填写内容")


def _find_errors(grid: Grid) -> None:
    for line in grid:
        for place, cell in enumerate(line):
            if type(cell) is str and cell.strip() in ERRORS:
                line[place] = _broken_by(cell.strip())
