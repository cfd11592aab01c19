"""Tables that have only level rules: three of them, or one under each row."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from tasks.documents.pdf.columns import Band, Covered, Piece, columns_under, heads_of
from tasks.documents.pdf.grids import Grid
from tasks.documents.pdf.guessed import Between, KnownColumns, guessed_grid
from tasks.documents.pdf.letters import Glyph, is_furniture
from tasks.documents.pdf.rules import Stroke, alike

BREAK = 15.0  # points between the pieces of a rule that is drawn for each column
BLANK = 7.0  # points between two rules with nothing between them: a double rule, no end of a table
APART = 3  # heights of a line; what stands lower than that is no part of the table
# A line of one piece that does not name a group of rows but the table, or speaks of it.
BESIDE = re.compile(r"^(?:附?表|附件|注[：:]|说明[：:]|备注[：:]|单位[：:]|资料来源|数据来源)")
FOOT = 0.78  # of the height of a page, that the last line reaches where a table goes on
MOST_RULES = 200  # of a table; more is ruled paper
MOST_LINES = 200  # of a table that no rule closes on this page


def between_levels(
    level: Sequence[Stroke], letters: Sequence[Glyph], high: float
) -> Iterator[Grid]:
    """Yield the tables that have only level rules; ``letters`` are in order from the top.

    ``high`` is the height of the page.
    """
    for group in alike(unbroken(level)):
        if len(group) > MOST_RULES:
            continue
        sides = min(s.start for s in group), max(s.end for s in group)
        yield from _tables(Between.within(group, sides, level, letters), FOOT * high)


def unbroken(level: Sequence[Stroke]) -> list[Stroke]:
    """Return the rules with those that are broken at the columns as one."""
    found: list[Stroke] = []
    for stroke in level:
        last = found[-1] if found else None
        if last and last.at == stroke.at and stroke.start - last.end <= BREAK:
            found[-1] = Stroke(stroke.at, last.start, max(last.end, stroke.end))
        else:
            found.append(stroke)
    return found


def _tables(held: Between, foot: float) -> Iterator[Grid]:
    rules = held.rules
    first = 0
    while first + 1 < len(rules):
        head = held.band(rules[first], rules[first + 1])
        last, borders = first + 1, list[float]()
        if any(len(line) > 1 for line in head.lines):
            last, borders = _extent(held, head, first)
            ys, known = rules[first : last + 1], None
            if last + 1 == len(rules):
                bottom, found = _below(held, heads_of(head), ys, borders)
                found = found if bottom > foot else []  # a page that has room cuts no table
                if found and len(ys) > 2:
                    known = KnownColumns((), lined=True)  # the last rule did not close it
                ys, borders = [*ys, *([bottom] if found else [])], found or borders
            if borders and (grid := guessed_grid(held, ys, borders, heads=1, known=known)):
                yield grid
        first = last


def _extent(held: Between, head: Band, first: int) -> tuple[int, list[float]]:
    """Return the last rule of the table whose head stands under rule ``first``, and its columns."""
    rules, heads = held.rules, heads_of(head)
    body = Covered(held.left, held.right)
    borders: list[float] = []
    last = first + 1
    for at in range(first + 1, len(rules) - 1):
        band = held.band(rules[at], rules[at + 1])
        if not band.lines and rules[at + 1] - rules[at] > BLANK:
            break
        if borders and _is_text(band, body, borders):
            break
        body.add(band.lines)
        found = columns_under(heads, body)
        if not found or len(found) * 2 < len(borders):
            break
        borders, last = found, at + 1
    return last, borders


def _is_text(band: Band, body: Covered, borders: Sequence[float]) -> bool:
    """Say whether a band holds a paragraph or the name of the next table, not rows."""
    if len(band.lines) == len(band.lines[0]) == 1 if band.lines else False:
        return bool(BESIDE.match(band.lines[0][0].text))
    gaps = [(a, b) for a, b in body.gaps() if any(a <= border <= b for border in borders)]
    filled = sum(
        any(piece.x0 <= a + 1 and piece.x1 >= b - 1 for a, b in gaps for piece in line)
        for line in band.lines
    )
    return filled * 2 > len(band.lines)


def _below(
    held: Between, heads: Sequence[tuple[float, float]], rules: Sequence[float], known: list[float]
) -> tuple[float, list[float]]:
    """Return where lines under the last of ``rules`` end that go on with the table, and its columns.

    They do where all lines down to the end of the page keep to the columns: no rule closes what goes
    on over the page.
    """
    body = Covered(held.left, held.right, 0)
    near = BLANK
    for top, bottom in zip(rules[1:], rules[2:], strict=False):
        lines = held.band(top, bottom).lines
        body.add(line for line in lines if not _crosses(line, known))
        near = max([near, *(piece.top - top for line in lines[:1] for piece in line)])
    before, rows = rules[-1], 0
    bottom, borders = before, list[float]()
    lines = held.band(before, float("inf")).lines[:MOST_LINES]
    for line, following in zip_longest(lines, lines[1:]):
        high = max(piece.bottom - piece.top for piece in line)
        top = min(piece.top for piece in line)
        if len(line) == 1 and is_furniture(line[0].text) and top - before > 2 * high:
            continue  # the number of the page
        if top - before > (APART * high if rows or not known else near + 2):
            return rules[-1], []
        if len(line) == 1 and BESIDE.match(line[0].text):
            return rules[-1], []
        if not (borders and is_group_name(line, following, held)):
            body.add([line])
            found = columns_under(heads, body)
            if len(found) < max(len(known), len(borders), 1):
                return rules[-1], []
            borders, rows = found, rows + 1
        before = max(piece.bottom for piece in line)
        bottom = before + 1
    many = rows and (known or any(len(line) > 1 for line in body.lines))
    return (bottom, borders) if many else (rules[-1], [])


def _crosses(line: Sequence[Piece], borders: Sequence[float]) -> bool:
    return any(p.x0 < x < p.x1 for x in borders for p in line)


def is_group_name(line: Sequence[Piece], following: Sequence[Piece] | None, held: Between) -> bool:
    """Say whether ``line`` names a group of rows: short, alone, and above a row."""
    if len(line) != 1 or not following or len(following) < 2 or BESIDE.match(line[0].text):
        return False
    return 2 * (line[0].x1 - line[0].x0) < held.right - held.left
