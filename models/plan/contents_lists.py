"""A list of contents that somebody typed: headings with their pages, which are no chapters."""

from collections.abc import Sequence

from models.plan.document import Line
from models.plan.patterns import pattern

ENTRY = (
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第.{1,4}[章节部]|\d{1,2}[.、]|附件)"
    r"[^。；\t]{2,60}(?:\t[\t ]*|[.．·…—_ ]{4,})(?P<page>\d{1,3})\s*"
)
FEWEST = 3


def contents_of(lines: Sequence[Line]) -> set[int]:
    """Return the places in ``lines`` of entries of a contents list: three at least, pages not falling."""
    found: set[int] = set()
    run: list[int] = []
    page = 0
    for at, line in enumerate([*lines, Line("", 0)]):
        entry = None if line.cells else pattern(ENTRY).fullmatch(line.text)
        if entry and int(entry["page"]) >= page:
            run.append(at)
            page = int(entry["page"])
            continue
        if len(run) >= FEWEST:
            found.update(run)
        run, page = ([at], int(entry["page"])) if entry else ([], 0)
    return found
