"""Hold the numbers of a text against the tables: which agree, which contradict, which no table knows.

A number is matched by what the clause calls it and by what it is counted in. Days, years, articles, numbers
of papers and codes are no figures. What nobody can match is named, never passed over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.rules.annual.figures import CheckedFigure
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
# What has digits and is no figure: days, years, numbers of papers, articles, codes, marks of sources.
_NO_FIGURE = re.compile(
    r"【[^】]*】?|\d{4}\s*年(?:度|\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|\d{1,2}\s*月(?:\s*\d{1,2}\s*日|份|底|初)?"
    r"|〔\d{4}〕\s*\d*\s*号?|第\s*\d+\s*(?:条|期|号|次|批|届|章|款|季度)|\d{4}-\d{1,2}(?:-\d{1,2})?"
    r"|[A-Za-z]+\d[\w.#-]*|\d+(?:\.\d+){2,}(?:#\d+)?|\d+(?:\.\d+)+#\d+|\[\d+\]|附表\s*\d+|\d+[·•]\d+|^\s*\d+[.、．]"
)
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_LAST_YEAR = re.compile("上年|去年|上一年|同期")


def check_numbers(
    lines: Sequence[str], cells: Sequence[str], figures: Sequence[CheckedFigure]
) -> list[SaidNumber]:
    """Return every number and open place of a paper with its verdict, in the order of the text.

    ``cells`` are those of its tables, in which the name of a figure is followed by this year's and last year's.
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
    shown = sentence if len(sentence) <= LONGEST_SHOWN else f"{sentence[:LONGEST_SHOWN]}…"
    for place in OPEN_PLACE.finditer(sentence):
        yield SaidNumber(place[0], shown, NumberVerdict.OPEN)
    plain = _NO_FIGURE.sub(lambda one: "\0" * len(one[0]), sentence)
    begins = 0
    for number in _NUMBER.finditer(plain):
        clause = plain[begins : number.start()]
        ends = _CLAUSE.search(plain, number.end())
        rest = plain[number.end() : ends.start() if ends else len(plain)]
        yield _judged(number[0], (clause, rest), shown, figures)
        begins = number.end()


def _judged(
    number: str, around: tuple[str, str], shown: str, figures: Sequence[CheckedFigure]
) -> SaidNumber:
    before, behind = around
    own = _nearest(before, behind, figures)
    if own is None:
        return SaidNumber(number, shown, NumberVerdict.UNKNOWN)
    last = bool(_LAST_YEAR.search(_CLAUSE.split(before)[-1]))
    value = own.last if last else own.value
    if value is None:
        return SaidNumber(number, shown, NumberVerdict.UNKNOWN, f"上年的{own.name}没有登记")
    same = Decimal(number.replace(",", "").replace("，", "")) == value
    said = f"{'上年' if last else ''}{own.name} {value.normalize():f}{own.measure}"
    return SaidNumber(number, shown, NumberVerdict.AGREES if same else NumberVerdict.DIFFERS, said)


def _nearest(before: str, behind: str, figures: Sequence[CheckedFigure]) -> CheckedFigure | None:
    """Return the figure that the words nearest before the number name, else those behind it in its clause.

    What it is counted in has to be the figure's own: 培训12人 is not 培训12项.
    """
    fit = [one for one in figures if behind.lstrip().startswith(one.measure)]
    places = [
        (before.rfind(word), len(word), one) for one in fit for word in one.words if word in before
    ]
    if places:
        return max(places, key=lambda place: place[:2])[2]
    later = [(behind.find(word), one) for one in fit for word in one.words if word in behind]
    return min(later, key=lambda place: place[0])[1] if later else None


def _of_cells(cells: Sequence[str], figures: Sequence[CheckedFigure]) -> Iterator[SaidNumber]:
    names = {one.name: one for one in figures}
    for n, cell in enumerate(cells):
        own = names.get(cell.strip())
        if own is None:
            continue
        for year, value, said in zip(
            ("", "上年"), (own.value, own.last), cells[n + 1 : n + 3], strict=False
        ):
            number = _NUMBER.search(_NO_FIGURE.sub("", said))
            where = f"表中“{own.name}”{year or '本年'}"
            if number and value is not None:
                same = Decimal(number[0].replace(",", "").replace("，", "")) == value
                verdict = NumberVerdict.AGREES if same else NumberVerdict.DIFFERS
                yield SaidNumber(
                    number[0],
                    where,
                    verdict,
                    f"{year}{own.name} {value.normalize():f}{own.measure}",
                )
            elif OPEN_PLACE.search(said):
                yield SaidNumber(said.strip()[:20], where, NumberVerdict.OPEN)
