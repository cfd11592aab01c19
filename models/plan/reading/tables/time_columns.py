"""Tables with a column for each month or quarter: what is ticked or written in them is one column of times."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.plan.doubt import Doubt
from models.plan.reading.roles.roles import DEADLINE, Grammar
from models.plan.reading.tables.heads import are_heads, meaning_of
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze

FEWEST = 2  # columns of times
TIMES, GOALS = "完成时限", "各时段目标"
_SPAN = "(?P<time>{某时})(?:前|完成)?(?:工作)?(?:目标(?:任务)?|{栏尾}|计划|进度|重点)?"
_YEAR = "(?P<time>{某年})度?"  # a year has ticks only: the numbers below it are targets
_OF_MONTHS = r"月|时间|进度"
_TICK = r"[√✓✔☑✅{记号}◎※→]{1,3}"
_EMPTY = r"[—－/／\\无]{0,4}"


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of times in rows of ``width`` cells: their places with their times."""

    width: int
    times: tuple[tuple[int, str], ...]
    dated: int | None  # the place of a column of deadlines beside them
    written: bool  # words stand in them, not ticks alone
    marks: str  # all kinds of ticks

    def fold(self, cells: Sequence[str]) -> tuple[str, ...]:
        """Return a row with its times in one column behind the others."""
        if len(set(map(squeeze, cells)) - {""}) == 1 and all(cells):
            return (cells[0],) * (len(cells) - len(self.times) + 1 + self.written)
        places = [at for at, _ in self.times]
        kept = [cell for at, cell in enumerate(cells) if at not in places]
        said = [(time, squeeze(cells[at])) for at, time in self.times]
        when = _when(said)
        last = next((time for time, text in reversed(said) if not _is_empty(text)), "")
        if self.dated is not None and not self.written and last in squeeze(cells[self.dated]):
            when = ""  # the deadline beside them says the same
        goals = [text for _, text in said if text and not _is_tick(text)]
        return (*kept, *(["；".join(goals)] if self.written else []), when)

    def heads(self, cells: Sequence[str]) -> tuple[str, ...]:
        places = [at for at, _ in self.times]
        kept = [cell for at, cell in enumerate(cells) if at not in places]
        return (*kept, *([GOALS] if self.written else []), TIMES)


def with_times_in_one(
    lines: Iterable[Line], grammar: Grammar, doubts: list[Doubt] | None = None
) -> list[Line]:
    """Return ``lines`` where the rows of such tables have one column of times, as 完成时限.

    Ticked 1月, 2月, 3月 is 1月至3月, 一季度 with words in it 一季度：words. All other lines stay. That
    ticks are of several kinds, which nothing tells apart, is added to ``doubts``.
    """
    lines = list(lines)
    found: list[Line] = []
    columns: _Columns | None = None
    for at, line in enumerate(lines):
        if not line.cells:
            found.append(line)
            continue
        if new := _columns_of(lines, at, grammar):
            columns = new
            if len(new.marks) > 1 and doubts is not None:
                kinds = "、".join(new.marks)
                why = (
                    f"时间栏里有{kinds}几种记号，没有分开读，按最后一个有记号的时间作为时限，请核对"
                )
                doubts.append(Doubt("plan", 0, why, "|".join(line.cells)[:200]))
            found.append(replace(line, cells=columns.heads(line.cells)))
        elif columns is None or len(line.cells) != columns.width or are_heads(line.cells, grammar):
            columns = None
            found.append(line)
        else:
            found.append(replace(line, cells=columns.fold(line.cells)))
    return found


def _columns_of(lines: Sequence[Line], at: int, grammar: Grammar) -> _Columns | None:
    """Return the columns of times that a row of heads names, alone or together with the row above."""
    cells = [squeeze(cell) for cell in lines[at].cells]
    above = _cells_above(lines, at)
    times = list(_times(cells, above))
    if len({time for _, time in times}) < FEWEST:
        return None
    places = [place for place, _ in times]
    others = [cell for place, cell in enumerate(cells) if place not in places]
    if not are_heads([*others, TIMES], grammar):
        return None
    below = [
        squeeze(line.cells[place])
        for line in lines[at + 1 :]
        if line.table == lines[at].table and len(line.cells) == len(cells)
        for place in places
    ]
    said = [cell for cell in below if not _is_empty(cell)]
    if not said:
        return None
    written = not all(map(_is_tick, said))
    if written and any(pattern(_YEAR).fullmatch(time) for _, time in times):
        return None
    dated = next((n for n, c in enumerate(cells) if _is_dated(n, c, places, grammar)), None)
    marks = "" if written else "".join(dict.fromkeys("".join(said)))
    return _Columns(len(cells), tuple(times), dated, written, marks)


def _is_dated(at: int, head: str, places: Sequence[int], grammar: Grammar) -> bool:
    return at not in places and meaning_of(head, grammar) == DEADLINE


def _cells_above(lines: Sequence[Line], at: int) -> list[str]:
    above = lines[at - 1] if at else None
    same = above and above.table == lines[at].table and len(above.cells) == len(lines[at].cells)
    return [squeeze(cell) for cell in above.cells] if above and same else []


def _times(cells: Sequence[str], above: Sequence[str]) -> Iterator[tuple[int, str]]:
    for at, cell in enumerate(cells):
        found = pattern(_SPAN).fullmatch(cell) or pattern(_YEAR).fullmatch(cell)
        if found:
            yield at, found["time"]
        elif pattern(r"1[0-2]|[1-9]").fullmatch(cell) and above:
            of_months = pattern(_OF_MONTHS).search(above[at])  # 1, 2, 3 … below 实施月份
            yield from [(at, f"{cell}月")] if of_months else []


def _is_empty(cell: str) -> bool:
    return bool(pattern(_EMPTY).fullmatch(cell))


def _is_tick(cell: str) -> bool:
    return bool(pattern(_TICK).fullmatch(cell))


def _when(said: Sequence[tuple[str, str]]) -> str:
    """Return what is done when: 3月至5月, 3月、6月, 一季度：制定方案；二季度：完成清理."""
    filled = [not _is_empty(text) for _, text in said]
    words: list[str] = []
    for at, (time, text) in enumerate(said):
        if not filled[at]:
            continue
        if not _is_tick(text):
            words.append(f"{time}：{text}")
        elif not (at + 1 < len(said) and filled[at + 1] and _is_tick(said[at + 1][1])):
            words.append(time)  # the last of those that are ticked side by side
    if len(words) == 1 and sum(filled) > 1:
        return f"{said[filled.index(True)][0]}至{words[0]}"
    return ("；" if any("：" in word for word in words) else "、").join(words)
