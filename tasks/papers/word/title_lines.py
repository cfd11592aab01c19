"""Break a title as an office does: whole words, lines of unlike length (梯形或者菱形, GB/T 9704-2012, 7.3.1)."""

import re

LONGEST = 20  # characters of 22 pt in a line of 156 mm
# Where a line may end: behind these words, before a book title or a bracket; never within the name of what
# is striven for, 法治政府建设示范市.
_ENDS = re.compile(
    "关于|工作(?!简报|清单|方案)|建设(?!示范)|创建(?!全国|全省)|情况|政府(?!建设)|办公室|领导小组"
    "|[市县区州](?!直)|年度?|任务|、|》|(?=《)|(?=（)|的(?!报告|通报|通知)"
)


def title_lines(title: str) -> list[str]:
    """Return ``title`` in as many lines as it needs, none longer than 20 characters.

    One more than it needs where only so no word is cut.
    """
    if len(title) <= LONGEST:
        return [title]
    least = -(-len(title) // LONGEST)
    tried = [_broken(title, count) for count in (least, least + 1)]
    lines, _ = next((one for one in tried if one[1]), tried[0])
    return lines


def _broken(title: str, count: int) -> tuple[list[str], bool]:
    """Return ``title`` in about ``count`` lines, and whether each ends where a word does."""
    lines, rest, whole = [], title, True
    while count > 1 and len(rest) > LONGEST // 2:
        at, fits = _break(rest, count)
        lines.append(rest[:at])
        rest, whole = rest[at:], whole and fits
        count = max(count - 1, -(-len(rest) // LONGEST))
    return ([*lines, rest] if rest else lines), whole


def _break(text: str, count: int) -> tuple[int, bool]:
    """Return where the next of ``count`` lines ends, and whether a word does there too.

    A little off the middle, so that no block stands there.
    """
    least = max(1, len(text) - LONGEST * (count - 1))
    ends = [
        one.end()
        for one in _ENDS.finditer(text)
        if least <= one.end() <= min(LONGEST, len(text) - 2)
    ]
    wanted = len(text) / count
    unlike = [end for end in ends if count != 2 or end * 2 != len(text)]
    at = min(unlike or [min(LONGEST, round(wanted))], key=lambda end: abs(end - wanted))
    return at, bool(unlike)
