"""Until when a work item is due: what its annotation, its cell or its text says, in one part or several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.plan.date_words import BEFORE
from models.plan.dates import day_in_words
from models.plan.deadline_doubts import unsure
from models.plan.deadline_words import (
    AT_ONCE,
    BLANK,
    CERTAIN,
    DUE_BY,
    LEAD_IN,
    NOT_YET,
    REPEATED,
    SIGNS,
    WHEN,
)
from models.plan.left_out_years import read_due
from models.plan.passages import Passage
from models.plan.patterns import pattern, quoted
from models.plan.periods import ONGOING, Period, read_period
from models.plan.points import Point
from models.plan.resolving import Context
from models.plan.schema import Deadline, DeadlinePart
from models.rules.bounds import day_fault

MOST_PARTS = 20  # that a cell of the review workbook shows; the day is still the last of all
LONGEST_LEAD = 40  # characters in front of a date that are looked at


@dataclass(frozen=True, slots=True)
class _Found:
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


def read_deadline(
    printed: str | None, texts: Sequence[Passage], context: Context
) -> tuple[Deadline | None, list[str]]:
    """Return the deadline, and why it is doubtful; None where neither label nor text has one.

    ``printed`` is what an annotation or cell says, and then counts alone. What is written and not read
    as a day or as long-term work is always doubted. Several dates are parts, and the last is the day.
    """
    if printed and not pattern(BLANK).match(printed):
        deadline, doubts = _of_label(printed, context)
        return deadline, [*doubts, *unsure(printed, deadline)]
    found: list[_Found] = []
    what: list[str] = []
    for passage in texts:
        here = list(_in_text(passage.text, context, found[-1].day if found else None))
        if here:
            what += _what(passage.text, here)
            found += here
    if not found:
        return None, []
    return _deadline("，".join(one.raw for one in found), found, what)


def _of_label(printed: str, context: Context) -> tuple[Deadline, list[str]]:
    text = pattern(r"^[：，；\s]*(?:于)?").sub("", printed)
    if pattern(r"^每").match(text):
        return Deadline(raw=printed), [f"时限{quoted(printed[:40])}是周期要求，没有一个到期日"]
    found: list[_Found] = []
    whole = _period(text, context, 0)
    at = 0
    if whole:
        if whole.open_ended and not pattern(AT_ONCE).match(text):
            deadline = Deadline(raw=printed, date=None, open_ended=True)
            return _with_dates_behind(deadline, text, whole, context)
        first = _as_found(whole, 0)
        if (whole.end or whole.fuzzy) and not _is_only_named(text, first):
            found.append(first)
            at = whole.end_at
            while first.day and (more := _day_alone(text, at, first.day)):
                found.append(more)
                at = more.end
    found += _dates_from(text, at, context, found[-1].day if found else None)
    if not found:
        if pattern(rf"(?:{ONGOING})").search(text) and not pattern(NOT_YET).search(text):
            return Deadline(raw=printed, open_ended=True), []
        return Deadline(raw=printed), [_unread(printed)]
    deadline, doubts = _deadline(printed, found, _what(text, found))
    rest = pattern(rf"{NOT_YET}|{ONGOING}").search(text, found[-1].end)
    if unread := pattern(r"[A-Za-z]{1,12}\d*").match(text, found[-1].end):  # 2026年Q1
        doubts.append(f"时限里的{quoted(unread[0])}没有读出")
    if rest and deadline.date:
        doubts.append(f"时限里还写着{quoted(rest[0])}")
    return deadline, doubts


def _is_only_named(text: str, one: _Found) -> bool:
    """Say whether a date only tells which words are meant: 2026年上级要求的时限."""
    asked = rf"[^，。；]{{0,12}}?(?:{NOT_YET}|要求|规定)"
    return not one.is_certain and bool(pattern(asked).match(text, one.end))


def _with_dates_behind(
    deadline: Deadline, text: str, whole: Period, context: Context
) -> tuple[Deadline, list[str]]:
    """Keep long-term work as such; dates that stand behind it are its parts: 长期坚持，每年底前总结."""
    found = list(_dates_from(text, whole.end_at, context, None))
    why = [whole.fuzzy] if whole.fuzzy else []
    if found:
        parts = _deadline(text, found, _what(text, found))[0]
        named = "、".join(one.raw for one in found)
        deadline.parts = parts.parts or [DeadlinePart(raw=named, date=parts.date)]
        why.append(f"既写长期又写{quoted(named)}")
    return deadline, why


def _deadline(raw: str, found: Sequence[_Found], what: Sequence[str]) -> tuple[Deadline, list[str]]:
    days = [one.day for one in found if one.day]
    deadline = Deadline(raw=raw, date=max(days, default=None))
    doubts = [one.why or _unread(one.raw) for one in found if one.why or not one.day]
    if len({one.raw for one in found}) > 1:
        deadline.parts = [
            DeadlinePart(raw=one.raw, date=one.day, what=said)
            for one, said in zip(found[:MOST_PARTS], what, strict=False)
        ]
        if len(found) > MOST_PARTS:
            doubts.insert(0, f"有 {len(found)} 个时限，只分列了前 {MOST_PARTS} 个")
    return deadline, list(dict.fromkeys(doubts))


def _dates_from(text: str, at: int, context: Context, before: date | None) -> Iterator[_Found]:
    """Yield the deadlines of a label's text from ``at`` on, each after the one before."""
    for found in pattern(WHEN).finditer(text, at):
        if found.start() < at or _is_repeated(text, found.start()):
            continue
        near = text[max(at, found.start() - LONGEST_LEAD) : found.start()]
        lead = pattern(r"[，；。、（]").split(near)[-1]
        one = _at(text, found.start(), context, before, "其中" not in lead)
        if one is None:
            continue
        if _is_only_named(text, one) or not (one.is_certain or pattern(LEAD_IN).match(lead)):
            continue
        yield one
        at, before = one.end, one.day or before
        while before and (more := _day_alone(text, at, before)):
            yield more
            at, before = more.end, more.day or before


def _is_repeated(text: str, at: int) -> bool:
    return bool(pattern(REPEATED).search(text[max(0, at - 8) : at]))


def _day_alone(text: str, at: int, before: date) -> _Found | None:
    """Return a further day of the month of ``before``: 11月10日、20日前."""
    found = pattern(rf"[、，和及或](\d{{1,2}})[日号](?:{BEFORE})?").match(text, at)
    if found is None:
        return None
    point = Point(before.year, before.month, int(found[1]), int(found[1]))
    day = point.end_on(before.year, before.month) if int(found[1]) else None
    why = point.lacking(before.year, before.month)
    return _Found(found.start() + 1, found.end(), day, found[0][1:], why)


def _in_text(text: str, context: Context, before: date | None) -> Iterator[_Found]:
    at = 0
    if not any(sign in text for sign in SIGNS):
        return
    for found in pattern(DUE_BY).finditer(text):
        if found.start() < at or _is_repeated(text, found.start()):
            continue
        one = _at(text, found.start(), context, before, chained=True)
        if one is None or one.end < found.end():
            continue
        if found["done"] is not None and one.day and context.issued and one.day < context.issued:
            continue  # a fact: 2025年6月完成了
        yield one
        at, before = one.end, one.day or before


def _at(text: str, at: int, context: Context, before: date | None, chained: bool) -> _Found | None:
    """Return the deadline at ``at``; one without a year lies after the one before it, if ``chained``."""
    period = _period(text, context, at)
    if period is None:
        return None
    if chained and before and period.without_year and period.end and period.end < before:
        later = read_period(text, replace(context, year=before.year, not_before=before), at)
        if later and later.end and later.end > before:
            read, other = day_in_words(later.end), day_in_words(period.end)
            why = f"{quoted(later.raw)}没有写年份，按前后顺序读作{read}，也可能是{other}"
            period = replace(later, fuzzy=why)
    return _as_found(period, at) if period.end or period.fuzzy else None


def _period(text: str, context: Context, at: int) -> Period | None:
    period = read_due(text, context, at)
    if period is None or period.end is None:
        return period
    if fault := day_fault(period.end):
        return replace(period, end=None, fuzzy=fault)
    if context.issued and period.end < context.issued and not period.fuzzy:
        issued = day_in_words(context.issued)
        return replace(period, fuzzy=f"时限{quoted(period.raw)}早于成文日期{issued}")
    return period


def _unread(words: str) -> str:
    return f"时限{quoted(words[:40])}没有读出日期"


def _as_found(period: Period, at: int) -> _Found:
    return _Found(at, period.end_at, period.end, period.raw, period.fuzzy or "")


def _what(text: str, found: Sequence[_Found]) -> list[str]:
    """Return what is due at each date: the words behind it, or in front where none are behind the last."""
    marks = "，；。、：（） "
    tail = pattern(r"[；。]").split(text[found[-1].end :])[0].strip(marks) if found else ""
    what = []
    for at, one in enumerate(found):
        if tail or len(found) == 1:
            stop = found[at + 1].start if at + 1 < len(found) else len(text)
            said = pattern(r"[；。]").split(text[one.end : stop])[0]
        else:
            said = text[found[at - 1].end if at else 0 : one.start]
        what.append(pattern(r"[，、]?(?:于|在|力争|确保|其中)$").sub("", said).strip(marks)[:200])
    return what
