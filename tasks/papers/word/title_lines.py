"""Break a title as an office does: whole words, lines of unlike length (梯形或者菱形, GB/T 9704-2012, 7.3.1)."""

import re

LONGEST = 20  # characters of 22 pt in a line of 156 mm
# Where a line may end: behind these words, before a book title or a bracket.
_ENDS = re.compile(
    "关于|工作|建设|创建|情况|政府|办公室|领导小组|[市县区州](?!直)|年度?|、|》|(?=《)|(?=（)|的"
)


def title_lines(title: str) -> list[str]:
    """Return ``title`` in as many lines as it needs, none longer than 20 characters."""
    if len(title) <= LONGEST:
        return [title]
    count = -(-len(title) // LONGEST)
    lines, rest = [], title
    while count > 1 and len(rest) > LONGEST // 2:
        at = _break(rest, count)
        lines.append(rest[:at])
        rest = rest[at:]
        count = max(count - 1, -(-len(rest) // LONGEST))
    return [*lines, rest] if rest else lines


def _break(text: str, count: int) -> int:
    """Return where the next of ``count`` lines ends: a little off the middle, so that no block stands there."""
    least = max(1, len(text) - LONGEST * (count - 1))
    ends = [
        one.end()
        for one in _ENDS.finditer(text)
        if least <= one.end() <= min(LONGEST, len(text) - 2)
    ]
    wanted = len(text) / count
    unlike = [end for end in ends if count != 2 or end * 2 != len(text)]
    return min(unlike or [min(LONGEST, round(wanted))], key=lambda end: abs(end - wanted))
