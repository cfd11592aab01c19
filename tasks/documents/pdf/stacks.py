"""Tables that the name of a group of rows, a cell over all columns, cuts into parts without side rules."""

import re
from collections.abc import Callable, Sequence

from tasks.documents.pdf.columns import band_of
from tasks.documents.pdf.letters import Glyph
from tasks.documents.pdf.rules import NEAR, Strokes

HIGH = 40.0  # points; a row with a name is not higher
# What names or closes a table, and no group of rows.
APART = re.compile(
    r"^(?:附?表|附件|注[：:]|说明[：:]|备注[：:]|单位[：:]|资料来源|数据来源|填[表报])"
)


def is_name_between(letters: Sequence[Glyph]) -> bool:
    """Say whether ``letters`` are the name of a group of rows: one line, not that of a table."""
    lines = band_of(letters, 0, 0).lines
    return len(lines) == 1 and not APART.match("".join(piece.text for piece in lines[0]))


def stacked(
    groups: Sequence[Strokes], between: Callable[[float, float], Sequence[Glyph]]
) -> list[Strokes]:
    """Return ``groups`` of rules, in order from the top, with parts of one table as one.

    Parts have the same columns and sides, a level rule at both ends, and a name between them;
    ``between`` returns the letters between two heights.
    """
    found: list[Strokes] = []
    for group in groups:
        if not (group.level and group.upright):
            found.append(group)
            continue
        for at, last in enumerate(found):
            if _alike(last, group) and is_name_between(
                between(last.level[-1].at, group.level[0].at)
            ):
                level = sorted([*last.level, *group.level])
                found[at] = Strokes(level, sorted([*last.upright, *group.upright]))
                break
        else:
            found.append(group)
    return found


def _alike(above: Strokes, below: Strokes) -> bool:
    if not (above.level and above.upright):
        return False
    gap = below.level[0].at - above.level[-1].at
    if not 0 < gap <= HIGH:
        return False
    sides = [
        (min(s.start for s in each.level), max(s.end for s in each.level))
        for each in (above, below)
    ]
    if any(abs(a - b) > NEAR for a, b in zip(*sides, strict=True)):
        return False
    ends = max(s.end for s in above.upright), min(s.start for s in below.upright)
    closed = ends[0] <= above.level[-1].at + NEAR and ends[1] >= below.level[0].at - NEAR
    # The last rows say it: a head of two levels has other columns.
    lower = {s.at for s in above.upright if s.end >= above.level[-1].at - NEAR}
    upper = {s.at for s in below.upright if s.start <= below.level[0].at + NEAR}
    return closed and all(any(abs(a - b) <= NEAR for b in lower) for a in upper)
