"""Where a text says until when: dated places of a label or a sentence, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from models.plan.reading.dates.ends import Period
from models.plan.reading.dates.lexer import Kind, times_in
from models.plan.reading.dates.lists import days_listed_at, listed_at, start_of_list
from models.plan.reading.dates.periods import read_period
from models.plan.reading.dates.points import Context, Point, day_in_words
from models.plan.reading.dates.words import BEFORE, NOT_YET, day_of_month
from models.plan.reading.dates.years import read_due
from models.plan.reading.deadlines.words import (
    CERTAIN,
    LEAD_IN,
    REPEATED,
    SIGNS,
    words_of_due,
)
from models.plan.reading.text.patterns import pattern, quoted
from models.rules.bounds import day_fault

LONGEST_LIST = 60  # characters of dates behind 每年
LONGEST_LEAD = 40  # characters in front of a date that are looked at


@dataclass(frozen=True, slots=True)
class DuePlace:
    """A dated place in a text: its words, its day if it has one, what makes it doubtful."""

    start: int
    end: int
    day: date | None
    raw: str
    why: str = ""

    @property
    def is_certain(self) -> bool:
        """Say whether its own words make it a deadline."""
        return bool(pattern(CERTAIN).search(self.raw))


def is_only_named(text: str, one: DuePlace) -> bool:
    """Say whether a date only tells which words are meant: 2026年上级要求的时限."""
    asked = rf"[^，。；]{{0,12}}?(?:{NOT_YET}|要求|规定)"
    return not one.is_certain and bool(pattern(asked).match(text, one.end))


def dates_from(text: str, at: int, context: Context, before: date | None) -> Iterator[DuePlace]:
    """Yield the deadlines of a label's text from ``at`` on, each after the one before."""
    for time in times_in(text):
        start = time.start
        if start < at or time.kind is Kind.FIRST_YEAR or _is_repeated(text, start):
            continue
        near = text[max(at, start - LONGEST_LEAD) : start]
        lead = pattern(r"[，；。、（]").split(near)[-1]
        many = list(side_by_side(text, start, context, before))
        one = many[-1] if many else _at(text, start, context, before, "其中" not in lead)
        if before and not many and pattern(r"（[^（）]*$").search(near):
            one = _beside(text, start, context, before) or one
        if one is None:
            continue
        if is_only_named(text, one) or not (one.is_certain or pattern(LEAD_IN).match(lead)):
            continue
        yield from many or [one]
        at, before = one.end, one.day or before
        while before and (more := day_alone(text, at, before)):
            yield more
            at, before = more.end, more.day or before


def side_by_side(text: str, at: int, context: Context, before: date | None) -> Iterator[DuePlace]:
    """Yield the deadlines of a list of months, quarters or days at ``at``: 6、9、12月底前."""
    listed = days_listed_at(text, at) or listed_at(text, at)
    if listed is None:
        return
    behind = pattern(rf"{BEFORE}|完成").match(text, listed.end)
    stop = behind.end() if behind else listed.end
    behind_each = [""] * (len(listed.times) - 1) + [text[listed.end : stop]]
    for printed, meant, rest in zip(listed.times, listed.meant, behind_each, strict=True):
        one = _at(meant, 0, context, before, chained=True)
        if one is None:
            return
        yield DuePlace(at, stop, one.day, printed + rest, one.why)
        before = one.day or before


def _beside(text: str, at: int, context: Context, before: date) -> DuePlace | None:
    """Return the day in brackets behind ``before`` that its year has no later: 6月底（省厅要求5月底）."""
    one = _at(text, at, replace(context, year=before.year), None, chained=False)
    return one if one and one.day and one.day <= before else None


def _is_repeated(text: str, at: int) -> bool:
    return bool(pattern(REPEATED).search(text[max(0, at - LONGEST_LIST) : at]))


def day_alone(text: str, at: int, before: date) -> DuePlace | None:
    """Return a further day of the month of ``before``: 11月10日、20日前."""
    found = pattern(f"[、，和及或]({{某日}})(?:{BEFORE})?").match(text, at)
    if found is None:
        return None
    printed = day_of_month(found[1][:-1])
    point = Point(before.year, before.month, printed, printed)
    day = point.end_on(before.year, before.month) if printed else None
    why = point.lacking(before.year, before.month)
    return DuePlace(found.start() + 1, found.end(), day, found[0][1:], why)


def dates_in_sentence(text: str, context: Context, before: date | None) -> Iterator[DuePlace]:
    at = 0
    if not pattern(SIGNS).search(text):
        return
    for time in times_in(text):
        due = words_of_due(text, time)
        first = start_of_list(text, time.start)
        if due is None or time.start < at or _is_repeated(text, first):
            continue
        stop, may_have_been = due
        clause = pattern(r"[，。；（]").split(text[max(at, first - LONGEST_LEAD) : first])[-1]
        many = list(side_by_side(text, first, context, before))
        one = many[-1] if many else _at(text, first, context, before, "其中" not in clause)
        if one is None or one.end < stop:
            continue
        if may_have_been and one.day and context.issued and one.day < context.issued:
            continue
        yield from many or [one]
        at, before = one.end, one.day or before


def _at(
    text: str, at: int, context: Context, before: date | None, chained: bool
) -> DuePlace | None:
    """Return the deadline at ``at``; one without a year lies after the one before it, if ``chained``."""
    period = due_period(text, context, at)
    if period is None:
        return None
    if chained and before and period.without_year and period.end and period.end < before:
        later = read_period(text, replace(context, year=before.year, not_before=before), at)
        if later and later.end and later.end > before:
            read, other = day_in_words(later.end), day_in_words(period.end)
            why = f"{quoted(later.raw)}没有写年份，按前后顺序读作{read}，也可能是{other}"
            period = replace(later, fuzzy=why)
    return as_place(period, at) if period.end or period.fuzzy else None


def due_period(text: str, context: Context, at: int) -> Period | None:
    period = read_due(text, context, at)
    if period is None or period.end is None:
        return period
    if fault := day_fault(period.end):
        return replace(period, end=None, fuzzy=fault)
    if context.issued and period.end < context.issued and not period.fuzzy:
        issued = day_in_words(context.issued)
        return replace(period, fuzzy=f"时限{quoted(period.raw)}早于成文日期{issued}")
    return period


def as_place(period: Period, at: int) -> DuePlace:
    return DuePlace(at, period.end_at, period.end, period.raw, period.fuzzy or "")
