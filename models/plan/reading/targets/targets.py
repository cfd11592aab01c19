"""Targets: numbers that the result or the conduct of the work must reach, with their operator."""

from collections.abc import Iterator
from dataclasses import replace

from models.plan.reading.targets.following import Last
from models.plan.reading.targets.numbers import (
    Found,
    Number,
    is_part,
    is_past,
    is_plain_amount,
    metric_hint,
    operator_ahead,
    operator_behind,
)
from models.plan.reading.targets.patterns import (
    CLEARED,
    DATE_UNITS,
    DOUBLED,
    FULL,
    GRADES,
    NAME_BEHIND,
    NOT_ZERO,
    ZERO,
)
from models.plan.reading.targets.rules import as_target
from models.plan.reading.text.amounts import Amount, amounts_in
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.stops import clause_start, quotation
from models.plan.schema import Target
from models.plan.vocabulary import Vocabulary

MOST_GRADES = 10  # 二级以上 is a grade, 1200类 are counted


def find_targets(passage: Passage, words: Vocabulary, where: str | None = None) -> list[Target]:
    """Return the targets of a passage in order, each with its sentence.

    达到95% -> >= 95; 压缩至1个工作日以内 -> <= 1; 压减30% -> == 30 decrease; 零反弹 -> == 0; 全覆盖 -> == 100.
    Grades, thresholds (6个以上的…), facts, dates and what stands in quotes are no targets.
    """
    text = passage.text
    targets = []
    for found in sorted(_find(text, words), key=lambda each: each.start):
        targets.append(
            Target(
                raw=text[found.start : found.end],
                metric_hint=metric_hint(text, found.start),
                op=found.op,
                value=int(found.value) if found.value == int(found.value) else found.value,
                unit=found.unit,
                implicit=found.implicit,
                change=found.change,
                where=where,
                source=passage.source(found.start, found.end),
            )
        )
    return targets


def amount_of(passage: Passage, words: Vocabulary, where: str | None) -> list[Target]:
    """Return the target of a cell of aims that is a number with its measure and nothing else: 620万人次."""
    text = passage.text
    return [
        Target(
            raw=text, op=">=", value=one.value, unit=one.unit, where=where, source=passage.source()
        )
        for one in amounts_in(text, words)
        if (one.start, one.end) == (0, len(text)) and one.unit and one.written and one.low is None
    ]


def at_least(target: Target) -> Target:
    """Return a bare share of a column of aims as what must be reached: 96% of 游客满意度; 100% stays."""
    bare = target.op == "==" and target.unit == "%" and not target.change and not target.implicit
    return target.model_copy(update={"op": ">="}) if bare and 0 < target.value < 100 else target


def _find(text: str, words: Vocabulary) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    readers = (_worded, _numbered)
    for reader in readers:
        for found in reader(text, words):
            if any(found.start < end and start < found.end for start, end in taken):
                continue
            taken.append((found.start, found.end))
            yield found


def _worded(text: str, words: Vocabulary) -> Iterator[Found]:
    """零反弹, 清零, 全覆盖: words that fix a number."""
    for found in pattern(ZERO).finditer(text):
        other = pattern(NOT_ZERO).match(found[0])
        counted = pattern("(?:{N}|[万第年批])$").search(
            text[max(0, found.start() - 1) : found.start()]
        )
        named = pattern(NAME_BEHIND).match(text, found.start() + 1)
        blamed = text[max(0, found.start() - 2) : found.start()] == "对“"  # 对“零处罚”的部门
        if (
            not other
            and not counted
            and not named
            and not blamed
            and not is_past(text, found.start())
        ):
            yield Found(found.start(), found.start() + 3, "==", 0, "")
    for found in pattern(CLEARED).finditer(text):
        named = pattern(NAME_BEHIND).match(text, found.start())
        if not named and not is_past(text, found.start()):
            yield Found(found.start(), found.end(), "==", 0, "")
    for found in pattern(DOUBLED).finditer(text):
        if not is_past(text, found.start()):
            yield Found(found.start(), found.end(), "==", 1, "倍", "increase")
    for found in pattern(FULL).finditer(text):
        if not is_past(text, found.start()) and not pattern(r"100%$").search(text[: found.start()]):
            yield Found(found.start(), found.end(), "==", 100, "%", implicit=True)


def _numbered(text: str, words: Vocabulary) -> Iterator[Found]:
    """Every number with a unit of measure, if the words around it make it a demand."""
    last_bound: Last | None = None
    for amount in amounts_in(text, words):
        read = _read_number(text, amount, last_bound)
        if read is None:
            continue
        number_read, found = read
        if found is not None:
            last_bound = Last(number_read.stop, found.op, number_read.unit, found.part)
            yield found


def _read_number(
    text: str, amount: Amount, last: Last | None
) -> tuple[Number, Found | None] | None:
    """Read one number; None when it is no number of its own (part of a date, in quotes, a grade)."""
    start, end, value, unit, low = amount.start, amount.end, amount.value, amount.unit, amount.low
    if (
        (unit == "年" and value >= 1900)
        or (unit in GRADES and value < MOST_GRADES)
        or (text[end : end + 1] in GRADES and not unit.lstrip("千百万亿"))  # 百万级
        or is_part(text, start)
        or quotation(text, start) is not None
        or is_past(text, start)
    ):
        return None
    before = text[clause_start(text, start) : start]
    if low is not None:  # 3至5名: at least 3, or within 5
        within = operator_behind(text, end)
        bounded = (within and within[0] == "<=") or unit in DATE_UNITS
        value = value if bounded else low
    number = Number(
        text,
        start,
        end,
        value,
        unit,
        amount.written,
        before,
        operator_ahead(before, unit),
        operator_behind(text, end),
    )
    if not unit and not is_plain_amount(number):
        return None
    found = as_target(number, last)
    if found and found.op == "==" and value == low:
        found = replace(found, op=">=")  # 80%—85%
    return number, found
