"""Stages that were read and may run on other days."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.plan.reading.dates.lexer import VEIL, veiled
from models.plan.reading.dates.points import DAY, day_in_words
from models.plan.reading.dates.unsure import ANY_OF_STAGE, left_of, other_reckoning
from models.plan.reading.dates.words import NOT_YET
from models.plan.reading.dates.years import LATE
from models.plan.reading.stages.dates import StageDate
from models.plan.reading.stages.nodes import StageNode
from models.plan.reading.text.patterns import pattern, quoted

LENGTH = r"(?:为期|历时|共|用时)[^，。；（）]{1,6}{周期}"
HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Front:
    """The days of the stage in front, as they were read."""

    start: date | None = None
    end: date | None = None

    @property
    def last(self) -> date | None:
        """Return its last day that is known."""
        return self.end or self.start


def unsure_stage(said: StageDate, front: Front) -> Iterator[str]:
    """Yield why the days of a stage may be others than those read: words left, the year, the order."""
    period = said.period
    if period is None or not (period.start or period.end):
        return
    read = days_in_words(period.start, period.end)
    if odd := other_reckoning(said.field):
        yield f"{quoted(said.field[:40])}里写着{quoted(odd)}，按{read}读，请核对"
    if left := left_of(said.field, [period.raw], ANY_OF_STAGE):
        yield f"{quoted(said.field[:40])}按{read}读，其中的{quoted(left)}没有读，请核对"
    if period.end is None and (length := pattern(LENGTH).search(said.field)):
        yield f"{quoted(said.field[:40])}按{read}读，其中的{quoted(length[0])}没有读，请核对"
    if rest := pattern(NOT_YET).search(said.field.replace(period.raw, "，", 1)):
        yield f"{quoted(said.field[:40])}按{read}读，里面还写着{quoted(rest[0])}"
    first = period.start or period.end
    if first and front.last and period.without_year and first - front.last > HALF_A_YEAR:
        yield f"{quoted(period.raw)}没有写年份，按前后顺序读作{read}，比前一阶段晚半年以上，请核对"
    elif period.start and front.start and period.start < front.start:
        yield f"开始日{day_in_words(period.start)}早于前一阶段的开始日{day_in_words(front.start)}"
    elif first and front.start and first == period.end and first < front.start:
        yield f"结束日{day_in_words(first)}早于前一阶段的开始日{day_in_words(front.start)}"


def long_before(said: StageDate, issued: date) -> str:
    """Return that a stage with its year ended more than a quarter before the issue: the year of last time."""
    end = said.period.end if said.period else None
    if end is None or issued - end <= LATE:
        return ""
    return f"{quoted(said.period.raw if said.period else '')}早于成文日期{day_in_words(issued)}三个月以上，请核对年份"


# 全面实施阶段（二、三季度） within the text of the stage in front, its times veiled.
_ANOTHER = rf"(?:^|(?<=[。；，、）])){{节号}}?(?P<name>[^，。；：（）]{{2,12}}(?:阶段|期)（[^（）]{{0,6}}(?:{VEIL}|{{H}}{{2}}节)[^（）]*）)"


def other_stages(item: StageNode) -> Iterator[str]:
    """Yield what looks like another stage within the text of ``item``: it was not told apart."""
    for passage in item.passages:
        text = "" if passage.cells else passage.text[:400]
        for found in pattern(_ANOTHER).finditer(veiled(text)):
            if passage is not item.head or found.start("name"):
                name = text[found.start("name") : found.end()]
                yield f"{quoted(name[:40])}可能是另一个阶段，没有分开，请核对"


def what_is_left(said: StageDate, front: Front) -> tuple[StageDate, list[str]]:
    """Begin a stage without a year that began before the one in front behind it: 上半年 behind March."""
    period = said.period
    if period is None or period.start is None or front.start is None or front.end is None:
        return said, []
    if not period.without_year or period.start >= front.start:
        return said, []
    if period.end and period.end <= front.end:
        return said, []
    start = front.end + DAY
    read = days_in_words(start, period.end)
    why = f"{quoted(period.raw)}里已有前一阶段，从它结束的次日读起，按{read}读，请核对"
    return replace(said, period=replace(period, start=start)), [why]


def days_in_words(start: date | None, end: date | None) -> str:
    """Return 2026年4月1日至2026年9月30日, 2026年4月1日起, 2026年9月30日止."""
    if start is None or end is None:
        return "".join(day_in_words(d) + w for d, w in ((start, "起"), (end, "止")) if d)
    return day_in_words(start) + (f"至{day_in_words(end)}" if end != start else "")
