"""Tables as typst takes them: the head again on every page, no low row cut in two, the sources under the last row.

typst has no word for rows that stay together but the one for a cell over several rows that is not divided:
an empty column at the right end, without width, says for each row or for the last ones what is kept whole.
"""

from collections.abc import Iterator
from itertools import islice

from notifications.paper_blocks import Grid
from tasks.papers.kept_together import kept_together
from tasks.papers.table_sources import SOURCES_HEAD, TableSources, source_mark, sourced_by_row
from tasks.papers.typst_words import typst_runs, typst_string, typst_text
from tasks.papers.word import measures as m
from tasks.papers.word.columns import WHOLE_ROW, column_widths, row_lines

_LINE = "0.5pt"


def typst_table(grid: Grid, head_font: str, where: tuple[int, bool]) -> str:
    """Return a table with its sources under it; ``where`` is its number and whether the page lies across."""
    number, wide = where
    grid, sources = sourced_by_row(grid), TableSources()
    columns = ", ".join(f"{width}fr" for width in column_widths(grid, wide=wide))
    head = ", ".join(
        f"align(center, text(font: {typst_string(head_font)}, {typst_text(one)}))"
        for one in grid.head
    )

    def marked(note: str) -> str:
        own = sources.number_of(note)
        return f'link(<source-{number}-{own}>, super(text("{source_mark(own)}")))'

    rows = [[typst_runs(cell, marked) for cell in row] for row in grid.rows]
    together = kept_together(grid, sources, wide=wide)
    low = [lines <= WHOLE_ROW for lines in row_lines(grid, wide=wide)]
    cells = [f"table.header({head}, {_beside(1, whole=True)})"]
    last = len(rows) - together.rows
    for n, row in enumerate(rows):
        # The middle of a row that goes on overleaf is nowhere.
        cells += row if low[n] else [f"table.cell(align: left + top, {cell})" for cell in row]
        if n < last:
            cells.append(_beside(1, whole=low[n]))
        elif n == last:
            cells.append(_beside(together.rows + 1, whole=True))
    lines = _listed(number, sources)
    if together.rows:
        stroke = f"stroke: (top: {_LINE}, rest: none), inset: (x: 0pt, y: 6pt)"
        listed = _list(islice(lines, together.sources))
        cells.append(f"table.cell(colspan: {len(grid.head)}, {stroke}, {listed})")
    laid = (
        f"#block({{ set text(size: {m.TABLE}pt, tracking: 0pt); set par(leading: 5pt, justify: false)\n"
        f"table(columns: ({columns}, 0pt), stroke: {_LINE}, inset: 4pt, align: left + horizon, {', '.join(cells)}) }})"
    )
    rest = _list(lines)
    return f"{laid}\n#block({rest})" if rest else laid


def _beside(rows: int, *, whole: bool) -> str:
    """Return the cell without width that keeps ``rows`` rows on one page where they are low enough."""
    kept = "breakable: false, " if whole else ""
    return f"table.cell(rowspan: {rows}, {kept}inset: 0pt, stroke: none, [])"


def _listed(table: int, sources: TableSources) -> Iterator[str]:
    """Yield a line for each source under a table, which the marks of its numbers are links to."""
    for number, note in sources:
        head = SOURCES_HEAD if number == 1 else ""
        said = typst_text(f"{head}{source_mark(number)} {note}")
        yield f"[#{said} <source-{table}-{number}>]"


def _list(lines: Iterator[str]) -> str:
    """Return ``lines`` in the small type of sources, nothing where there is none."""
    said = " + linebreak() + ".join(lines)
    small = f"set text(size: {m.FOOTNOTE}pt, tracking: 0pt); set par(leading: 3pt, justify: false)"
    return f"{{ {small}; {said} }}" if said else ""
