"""What only a briefing has: its name in red, the list of its articles, their titles, to whom it goes.

A briefing is no 公文: no head with a number of its own, and GB/T 9704-2012 says nothing of it. What stands here
is how offices lay theirs out: the name above a red line, the lists of 报、送、发 between two lines at the end.
"""

from notifications.paper_blocks import Kind, Line, plain
from tasks.papers.word import measures as m
from tasks.papers.word.elements import Element, fonts, made, paragraph, type_size, words
from tasks.papers.word.runs import NumberSources, laid
from tasks.papers.word.styles import NORMAL, TITLE
from tasks.papers.word.title_lines import title_lines

LARGE, MIDDLE = 48.0, 30.0  # points of 工作简报, and of what it is about
APART = 12.0  # points between the characters of 工作简报
ARTICLE_TYPE = 18.0  # 小2号
_NAMES = ("工作简报", "简报")


def masthead_lines(title: str) -> list[tuple[str, float]]:
    """Return the name of a briefing in lines with the size of each: what it is about above, 工作简报 large below."""
    area = m.TEXT_AREA[0] / 25.4 * 72
    name = next((one for one in _NAMES if title.endswith(one) and title != one), "")
    if not name:
        return [(title, min(LARGE, area / max(1, len(title))))]
    about = title.removesuffix(name)
    return [(about, min(MIDDLE, area / len(about))), (name, LARGE)]


def of_briefing(line: Line, notes: NumberSources) -> list[Element]:
    """Return the paragraphs of a line that only a briefing has; none for any other."""
    if line.kind is Kind.MASTHEAD:
        return [_red(text, size) for text, size in masthead_lines(plain(line.runs))]
    if line.kind is Kind.CONTENTS:
        look = (fonts(m.HEAD_FONT, m.LATIN_FONT),)
        above = made("spacing", before=m.twips(m.LINE / 2), line=m.twips(m.LINE), lineRule="exact")
        return [
            paragraph(NORMAL, words(plain(line.runs), *look), properties=(made("keepNext"), above))
        ]
    if line.kind is Kind.LISTED:
        where = made("ind", left=m.twips(2 * m.CHARACTER), hanging=m.twips(m.CHARACTER))
        return [paragraph(NORMAL, words("● "), *laid(line.runs, notes), properties=(where,))]
    if line.kind is Kind.ARTICLE:
        return [_article(one) for one in title_lines(plain(line.runs))]
    if line.kind in (Kind.CREDIT, Kind.PRINTED):
        return [paragraph(NORMAL, *laid(line.runs, notes), properties=(made("jc", val="right"),))]
    return [_copies(line, notes)] if line.kind is Kind.COPIES else []


def _red(text: str, size: float) -> Element:
    apart = m.twips(APART) if text in _NAMES else 0
    look = (
        fonts(m.TITLE_FONT, m.LATIN_FONT),
        made("color", val=m.RED),
        made("spacing", val=apart),
        *type_size(size),
    )
    own = made("spacing", before=0, after=0, line=m.twips(size * 1.3), lineRule="exact")
    return paragraph(NORMAL, words(text, *look), properties=(own, made("jc", val="center")))


def _article(text: str) -> Element:
    look = (fonts(m.TITLE_FONT, m.LATIN_FONT), made("spacing", val=0), *type_size(ARTICLE_TYPE))
    return paragraph(TITLE, words(text, *look))


def _copies(line: Line, notes: NumberSources) -> Element:
    """Neighbours with the same lines above and below are one block to Word, WPS and LibreOffice."""
    rules = [made(side, val="single", sz=8, space=2, color="000000") for side in ("top", "bottom")]
    where = made("ind", left=m.twips(3 * m.CHARACTER), hanging=m.twips(2 * m.CHARACTER))
    kept = (made("keepNext"), made("keepLines"), made("pBdr", *rules), where)
    return paragraph(NORMAL, *laid(line.runs, notes), properties=kept)
