"""Which sheet holds which table: by its name, by the name of a copy, else by its columns."""

import re
from collections.abc import Sequence

from tasks.workbook.cells import as_name, as_text
from tasks.workbook.headers import header_of
from tasks.workbook.opening import Page
from tasks.workbook.rows import Table

# What Excel, WPS and LibreOffice put behind the name of a sheet that is copied or pasted: (2), _2, 副本.
COPY = re.compile(r"[-_]?(?:[(（]\d{1,3}[)）]|\d{1,2}|(?:的?副本)(?:[(（]?\d{0,3}[)）]?))")
SURE = 2  # columns by which a sheet of another name is known


def match(pages: Sequence[Page], tables: Sequence[Table]) -> dict[str, list[Page]]:
    """Return the sheets of every table that is there: the one to be read, and copies of it.

    A table with many columns is looked for before one with few, which would be found in it.
    """
    found: dict[str, list[Page]] = {}
    left = list(pages)
    for table in tables:
        own = [page for page in left if as_name(page.name) == table.name]
        copies = [page for page in left if page not in own and _is_copy(page, table)]
        if own or copies:
            found[table.name] = own + copies
            left = [page for page in left if page not in own + copies]
    for table in sorted(tables, key=_needed, reverse=True):
        if table.name not in found:
            alike = [page for page in left if _has_columns(page, table)]
            if alike:
                found[table.name] = alike
                left = [page for page in left if page not in alike]
    if not found and len(pages) == 1 and tables:
        counts = {t.name: len(header_of(pages[0].grid, t.headings).found) for t in tables}
        found[max(counts, key=lambda name: counts[name])] = [pages[0]]
    return found


def copies_fault(table: Table, pages: Sequence[Page]) -> str:
    """Return why of several sheets none can be read; "" when there is one, or they say the same."""
    first, *others = pages
    said = _said(first) if others else []
    if all(_said(other) == said for other in others):
        return ""
    names = "”“".join(page.name for page in pages)
    return f"“{names}”都是“{table.name}”表，内容却不同，看不出收哪一张；请只留一张再试"


def _said(page: Page) -> list[list[str]]:
    lines = [[as_text(cell) for cell in line] for line in page.grid]
    for line in lines:
        while line and not line[-1]:
            line.pop()
    return [line for line in lines if line]


def _is_copy(page: Page, table: Table) -> bool:
    name = as_name(page.name)
    behind = name.removeprefix(table.name)
    if behind == name or not COPY.fullmatch(behind):
        return False
    return header_of(page.grid, table.headings).has_all(table.headings)


def _has_columns(page: Page, table: Table) -> bool:
    header = header_of(page.grid, table.headings)
    return header.has_all(table.headings) and len(header.found) >= SURE


def _needed(table: Table) -> int:
    return sum(heading.required for heading in table.headings)
