"""Which page of a workbook holds which sheet: by its name, by the name of a copy, else by its columns."""

import re
from collections.abc import Sequence

from tasks.workbook.cells import as_name, as_text
from tasks.workbook.declaring import Sheet
from tasks.workbook.headers import header_of, shown_places
from tasks.workbook.opening import Page

# What Excel, WPS and LibreOffice put behind the name of a sheet that is copied or pasted: (2), _2, 副本.
COPY = re.compile(r"[-_]?(?:[(（]\d{1,3}[)）]|\d{1,2}|(?:的?副本)(?:[(（]?\d{0,3}[)）]?))")
# The sheets of all our lists and what takes each of them in: one list is never taken for another.
REVIEW, LEDGER = "原始数据", "台账"
LISTS = {
    LEDGER: "shifan ledger import",
    "节点": "shifan progress load",
    "责任分解": "shifan progress load",
    "单位": "shifan units load",
    "单位类别": "shifan units load",
    "联系人": "shifan posts load",
    "指标": "shifan indicators load",
    "放假安排": "shifan holidays load",
    "要求": "shifan demands load",
    "材料清单": "shifan evidence add",
    "走访": "shifan inspection results load",
    "督导组": "shifan inspection teams load",
}
SURE = 2  # columns by which a sheet of another name is known


def match(pages: Sequence[Page], sheets: Sequence[Sheet]) -> dict[str, list[Page]]:
    """Return the pages of every sheet that is there: the one to be read, and copies of it.

    A sheet with many columns is looked for before one with few, which would be found in it.
    """
    found: dict[str, list[Page]] = {}
    left = list(pages)
    for sheet in sheets:
        own = [page for page in left if as_name(page.name) == sheet.name]
        copies = [page for page in left if page not in own and _is_copy(page, sheet)]
        if own or copies:
            found[sheet.name] = own + copies
            left = [page for page in left if page not in own + copies]
    wanted = {sheet.name for sheet in sheets}
    left = [page for page in left if as_name(page.name) not in LISTS.keys() - wanted]
    for sheet in sorted(sheets, key=_needed, reverse=True):
        if sheet.name not in found:
            alike = [page for page in left if _has_columns(page, sheet)]
            if alike:
                found[sheet.name] = alike
                left = [page for page in left if page not in alike]
    for sheet in sheets:
        if sheet.name in found and sheet.shown:
            found[sheet.name] += [page for page in left if _is_whole(page, sheet)]
    if not found and sheets and left and len(pages) == 1:
        counts = {s.name: len(header_of(pages[0].grid, s.read).found) for s in sheets}
        found[max(counts, key=lambda name: counts[name])] = [pages[0]]
    return found


def named(pages: Sequence[Page], name: str) -> Page | None:
    """Return the page of a name, or the first copy of it."""
    found = [page for page in pages if as_name(page.name).startswith(name)]
    return min(found, key=lambda page: len(page.name), default=None)


def missing_fault(sheet: Sheet, pages: Sequence[Page]) -> str:
    """Return that a sheet is not there, and whose list this seems to be."""
    names = [as_name(page.name) for page in pages]
    known = {name: LISTS[name] for name in names if name in LISTS}
    if sheet.name == LEDGER:  # units read this, and have no commands
        others = [*(["方案审核表"] if REVIEW in names else []), *(f"“{name}”表" for name in known)]
        hint = f"；{'、'.join(others)}不是台账" if others else ""
    elif REVIEW in names:
        hint = "；这是方案审核表，请用 shifan plan load 装入"
    else:
        hint = "".join(f"；“{name}”表请用 {command} 装回" for name, command in known.items())
    listed = "、".join(page.name for page in pages) or "（没有）"
    return f"缺少工作表“{sheet.name}”，现有：{listed}{hint}"


def copies_fault(sheet: Sheet, pages: Sequence[Page]) -> str:
    """Return why of several pages none can be read; "" when there is one, or they say the same."""
    first, *others = pages
    said = _said(first) if others else []
    if all(_said(other) == said for other in others):
        return ""
    names = "”“".join(page.name for page in pages)
    return f"“{names}”都是“{sheet.name}”表，内容却不同，看不出收哪一张；请只留一张再试"


def _said(page: Page) -> list[list[str]]:
    lines = [[as_text(cell) for cell in line] for line in page.grid]
    for line in lines:
        while line and not line[-1]:
            line.pop()
    return [line for line in lines if line]


def _is_copy(page: Page, sheet: Sheet) -> bool:
    name = as_name(page.name)
    behind = name.removeprefix(sheet.name)
    if behind == name or not COPY.fullmatch(behind):
        return False
    return header_of(page.grid, sheet.read).has_all(sheet.read)


def _has_columns(page: Page, sheet: Sheet) -> bool:
    header = header_of(page.grid, sheet.read)
    return header.has_all(sheet.read) and len(header.found) >= SURE


def _is_whole(page: Page, sheet: Sheet) -> bool:
    """Say whether a page of any name has all columns of ``sheet``, those for the eye too: it was one once."""
    header = header_of(page.grid, sheet.read)
    shown = shown_places(page.grid[header.row], sheet) if page.grid else {}
    return header.has_all(sheet.read) and len(shown) == len(sheet.shown)


def _needed(sheet: Sheet) -> int:
    return sum(column.required for column in sheet.read)
