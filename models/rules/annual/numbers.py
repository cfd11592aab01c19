"""Hold the numbers of a text against the tables: which agree, which contradict, which no table knows.

A number is matched by what the clause calls it and by what it is counted in, in digits or in characters. What
nobody can match is named, never passed over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.rules.annual.figures import CheckedFigure
from models.rules.annual.said_numbers import CountSaid, counts_in
from models.rules.words import Worded

LONGEST_SHOWN = 80  # characters of a sentence


class NumberVerdict(Worded):
    """What came of one number."""

    AGREES = "agrees", "一致"
    DIFFERS = "differs", "与登记不符"
    UNKNOWN = "unknown", "登记的数据里没有"
    OPEN = "open", "没有填"


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """One number of a text: where it stands, and what the tables say."""

    number: str
    sentence: str
    verdict: NumberVerdict
    tables: str = ""


OPEN_PLACE = re.compile("[xXｘＸ×]{2,}|[_＿]{2,}|〇{2,}|某某|【待补[^】]*】?")
_SENTENCE = re.compile("(?<=[。；！？])|\n")
_CLAUSE = re.compile("[，,。；！？：:]")
_LAST_YEAR = re.compile("上年|去年|上一年|同期")
# 比上年增加5条 is neither year's number; 增加到12条 is.
_CHANGE = re.compile("(?:增长|增加|上升|提高|提升|下降|减少|降低|增幅|降幅|多|少)了?(?:约|近)?$")
_PART = re.compile(r"其中|[上下]半年|季度|\d{1,2}月(?!底|\d)")  # of the year's number
_NOT = re.compile("(?:未|没有|尚未|未能|不)$")
_PER_CENT = ("%", "％")


def check_numbers(
    lines: Sequence[str], cells: Sequence[str], figures: Sequence[CheckedFigure]
) -> list[SaidNumber]:
    """Return every number and open place of a paper with its verdict, in the order of the text.

    ``cells`` are those of its own tables (not of the rows behind), in which the name of a figure is followed by
    this year's and last year's; a number in any other cell is one that nobody can match.
    """
    found = [
        one
        for line in lines
        for sentence in _SENTENCE.split(line)
        if sentence.strip()
        for one in _of_sentence(sentence.strip(), figures)
    ]
    return [*found, *_of_cells(cells, figures)]


def _of_sentence(sentence: str, figures: Sequence[CheckedFigure]) -> Iterator[SaidNumber]:
    shown = _short(sentence)
    for place in OPEN_PLACE.finditer(sentence):
        yield SaidNumber(place[0], shown, NumberVerdict.OPEN)
    begins = 0
    for count in counts_in(sentence):
        ends = _CLAUSE.search(sentence, count.end)
        rest = count.measure + sentence[count.end : ends.start() if ends else len(sentence)]
        judged = _judged(count, (sentence[begins : count.start], rest), shown, figures)
        if not (count.lone and judged.verdict is NumberVerdict.UNKNOWN):
            yield judged  # 一项重要工作 counts nothing
        begins = count.end


def _judged(
    count: CountSaid, around: tuple[str, str], shown: str, figures: Sequence[CheckedFigure]
) -> SaidNumber:
    before, behind = around
    clause = _CLAUSE.split(before)[-1]
    changed = bool(_CHANGE.search(before[-LONGEST_SHOWN:].rstrip()))
    own = _nearest(before, behind, figures, changed=changed)
    if own is None:
        return SaidNumber(count.text, shown, NumberVerdict.UNKNOWN)
    last = bool(_LAST_YEAR.search(clause))
    if changed:
        value, said = _change(own, count, behind)
    else:
        value = own.last if last else own.value
        said = f"{'上年' if last else ''}{own.name} {_plain(value)}{own.measure}"
    if value is None:
        return SaidNumber(count.text, shown, NumberVerdict.UNKNOWN, f"上年的{own.name}没有登记")
    if count.bounds is None:
        return SaidNumber(count.text, shown, NumberVerdict.UNKNOWN, f"没有写明多少，{said}")
    if _PART.search(clause) and count.bounds.low <= value:
        return SaidNumber(count.text, shown, NumberVerdict.UNKNOWN, f"是其中一部分，全年{said}")
    same = count.bounds.hold(value)
    verdict = NumberVerdict.AGREES if same else NumberVerdict.DIFFERS
    return SaidNumber(count.text, shown, verdict, said)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _change(own: CheckedFigure, count: CountSaid, behind: str) -> tuple[Decimal | None, str]:
    """Return by how much a figure changed since last year, in its measure or in per cent of last year's."""
    if own.last is None:
        return None, ""
    by = abs(own.value - own.last)
    both = f"{own.name}本年 {_plain(own.value)}{own.measure}、上年 {_plain(own.last)}{own.measure}"
    if not behind.lstrip().startswith(_PER_CENT):
        return by, f"{both}，相差 {_plain(by)}{own.measure}"
    if not own.last:
        return None, ""
    places = len(re.split("[.点]", count.text)[-1]) if re.search("[.点]", count.text) else 0
    return round(by / own.last * 100, places), both


def _nearest(
    before: str, behind: str, figures: Sequence[CheckedFigure], *, changed: bool = False
) -> CheckedFigure | None:
    """Return the figure that the words nearest before the number name, else those behind it in its clause.

    What it is counted in has to be the figure's own (培训12人 is not 培训12项), or per cent of a change.
    Of words that end at one place the longest names it: 到期未完成的责任 is not 完成的责任, and 未完成责任 is neither.
    """
    counted = behind.lstrip()
    fit = [
        one
        for one in figures
        if counted.startswith(
            _PER_CENT if changed and counted.startswith(_PER_CENT) else one.measure
        )
    ]
    places = [
        (at + len(word), len(word), one)
        for one in fit
        for word in one.words
        if (at := before.rfind(word)) >= 0 and not _NOT.search(before[:at])
    ]
    if places:
        return max(places, key=lambda place: place[:2])[2]
    later = [(behind.find(word), one) for one in fit for word in one.words if word in behind]
    return min(later, key=lambda place: place[0])[1] if later else None


def _of_cells(cells: Sequence[str], figures: Sequence[CheckedFigure]) -> Iterator[SaidNumber]:
    names = {one.name: one for one in figures}
    held: set[int] = set()  # cells whose number is held against a figure
    for n, cell in enumerate(cells):
        own = names.get(cell.strip())
        if own is None:
            for number in () if n in held else counts_in(cell):
                if not number.lone:
                    yield SaidNumber(number.text, f"表中“{_short(cell)}”", NumberVerdict.UNKNOWN)
            continue
        held |= {n + 1, n + 2}
        both = zip(("", "上年"), (own.value, own.last), cells[n + 1 : n + 3], strict=False)
        for year, value, said in both:
            where = f"表中“{own.name}”{year or '本年'}"
            count = next(iter(counts_in(said)), None)
            if count and value is not None and count.bounds:
                same = count.bounds.hold(value)
                verdict = NumberVerdict.AGREES if same else NumberVerdict.DIFFERS
                tables = f"{year}{own.name} {_plain(value)}{own.measure}"
                yield SaidNumber(count.text, where, verdict, tables)
            elif count:
                yield SaidNumber(count.text, where, NumberVerdict.UNKNOWN)
            elif OPEN_PLACE.search(said):
                yield SaidNumber(said.strip()[:20], where, NumberVerdict.OPEN)
