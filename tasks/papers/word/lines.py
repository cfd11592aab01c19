"""The paragraphs of a paper: title, headings, text, signature, 附件说明."""

import unicodedata
from collections.abc import Callable

from notifications.paper_blocks import Kind, Line, Runs, plain
from tasks.papers.word import measures as m
from tasks.papers.word.elements import Element, made, paragraph, type_size, words
from tasks.papers.word.mastheads import of_briefing
from tasks.papers.word.runs import NumberSources, laid
from tasks.papers.word.styles import (
    ADDRESSEE,
    BODY,
    CAPTION,
    HEADINGS,
    NORMAL,
    REMARK,
    SIGNED,
    TITLE,
)
from tasks.papers.word.title_lines import title_lines

_STYLES = {
    Kind.ADDRESSEE: ADDRESSEE,
    Kind.HEADING_1: HEADINGS[0],
    Kind.HEADING_2: HEADINGS[1],
    Kind.HEADING_3: HEADINGS[2],
    Kind.HEADING_4: HEADINGS[3],
    Kind.BODY: BODY,
    Kind.CAPTION: CAPTION,
    Kind.REMARK: REMARK,
    Kind.BLANK: NORMAL,
}
DAY_FROM_THE_RIGHT = 4  # characters, 7.3.5.1


def width_of(text: str) -> float:
    """Return how wide ``text`` is in characters of the text: what is not Chinese takes a half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def paragraphs(line: Line, notes: NumberSources, signed_on: str) -> list[Element]:
    """Return the paragraph or paragraphs of ``line``; ``signed_on`` is the day that a signature stands above."""
    special: dict[Kind, Callable[[], list[Element]]] = {
        Kind.TITLE: lambda: _title(line),
        Kind.SIGNED: lambda: [
            _signed(line.runs, signature_from_the_right(line, signed_on), kept=True)
        ],
        Kind.SIGNED_ON: lambda: [_signed(line.runs, DAY_FROM_THE_RIGHT)],
        Kind.CENTRED: lambda: [
            paragraph(NORMAL, *laid(line.runs, notes), properties=(made("jc", val="center"),))
        ],
        Kind.ISSUE: lambda: [_issue(line)],
        Kind.ATTACHMENT: lambda: [_attachment(line, notes)],
    }
    if line.kind in special:
        return special[line.kind]()
    if found := of_briefing(line, notes):
        return found
    number = (words(line.number),) if line.number else ()
    return [paragraph(_STYLES[line.kind], *number, *laid(line.runs, notes))]


def _title(line: Line) -> list[Element]:
    return [paragraph(TITLE, words(one)) for one in title_lines(plain(line.runs))]


def _signed(runs: Runs, from_the_right: float, *, kept: bool = False) -> Element:
    where = made("ind", right=m.twips(from_the_right * m.CHARACTER))
    properties = (made("keepNext"), where) if kept else (where,)
    return paragraph(SIGNED, words(plain(runs)), properties=properties)


def _issue(line: Line) -> Element:
    """Who issues a briefing and the day, at the two ends of a line over a red rule."""
    who, day = issue_of(line)
    rule = made("pBdr", made("bottom", val="single", sz=12, space=4, color=m.RED))
    ends = made("tabs", made("tab", val="right", pos=m.mm_twips(m.TEXT_AREA[0])))
    look = type_size(issue_size(who, day))
    between = made("r", made("tab"))
    said = (words(who, *look), between, words(day, *look))
    return paragraph(NORMAL, *said, properties=(rule, ends))


def issue_size(who: str, day: str) -> float:
    """Return the type in which both stand in one line, with two characters between them."""
    return min(m.TYPE, m.TEXT_AREA[0] / 25.4 * 72 / (width_of(who) + width_of(day) + 2))


def issue_of(line: Line) -> tuple[str, str]:
    """Return who issues a briefing, and the day, which stands last."""
    return plain(line.runs[:-1]).strip(), plain(line.runs[-1:])


def signature_from_the_right(line: Line, day: str) -> float:
    """Return how many characters from the right a name ends that is centred over the day below it (7.3.5.1)."""
    return max(0.0, DAY_FROM_THE_RIGHT + (width_of(day) - width_of(plain(line.runs))) / 2)


def _attachment(line: Line, notes: NumberSources) -> Element:
    """附件说明 two characters in; a second line begins under the name (7.3.4)."""
    head, hanging = "附件：", 5 * m.CHARACTER
    where = made("ind", left=m.twips(hanging), hanging=m.twips(3 * m.CHARACTER))
    return paragraph(NORMAL, words(head), *laid(line.runs, notes), properties=(where,))
