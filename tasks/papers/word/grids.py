"""Tables of a paper: as wide as the text, their head again on every page, no low row cut in two."""

from docx.oxml.ns import qn

from notifications.paper_blocks import Grid
from tasks.papers.word.columns import WHOLE_ROW, column_widths, row_lines
from tasks.papers.word.elements import Element, keep_with_next, made, paragraph
from tasks.papers.word.runs import NumberSources, laid
from tasks.papers.word.styles import CELL, CELL_HEAD

# No letter touches a line. Said by the table itself: LibreOffice leaves out what a default style says.
_ROOM = (("top", 40), ("left", 85), ("bottom", 40), ("right", 85))
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(grid: Grid, notes: NumberSources, *, wide: bool) -> Element:
    """Return the table, with a thin line around every cell."""
    widths = column_widths(grid, wide=wide)
    lines = [made(side, val="single", sz=4, space=0, color="000000") for side in _SIDES]
    about = made(
        "tblPr",
        made("tblW", w=sum(widths), type="dxa"),
        made("jc", val="center"),
        made("tblBorders", *lines),
        made("tblLayout", type="fixed"),
        made("tblCellMar", *(made(side, w=room, type="dxa") for side, room in _ROOM)),
    )
    columns = made("tblGrid", *(made("gridCol", w=width) for width in widths))
    head = [paragraph(CELL_HEAD, *laid((text,), notes)) for text in grid.head]
    rows = [[paragraph(CELL, *laid(cell, notes)) for cell in row] for row in grid.rows]
    low = [lines <= WHOLE_ROW for lines in row_lines(grid, wide=wide)]
    body = (_row(row, widths, whole=own) for row, own in zip(rows, low, strict=True))
    return made("tbl", about, columns, _row(head, widths, whole=True, head=True), *body)


def keep_last_rows(laid_out: Element, count: int) -> None:
    """Have the last ``count`` rows of a table stand on the page of what follows it."""
    for row in laid_out.findall(qn("w:tr"))[-count:] if count else []:
        for one in row.iter(qn("w:p")):
            keep_with_next(one)


def _row(cells: list[Element], widths: list[int], *, whole: bool, head: bool = False) -> Element:
    about = [made(tag) for tag, so in (("cantSplit", whole), ("tblHeader", head)) if so]
    where = "center" if whole else "top"  # the middle of a row that goes on overleaf is nowhere
    boxes = (
        made("tc", made("tcPr", made("tcW", w=width, type="dxa"), made("vAlign", val=where)), cell)
        for cell, width in zip(cells, widths, strict=True)
    )
    return made("tr", made("trPr", *about), *boxes)
