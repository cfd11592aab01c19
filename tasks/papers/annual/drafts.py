"""The annual report before it is printed: four chapters, last year's figures beside, the rows of each number behind."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.papers.annual.facts import FigureLine, YearFacts
from models.papers.quoted import CountedRows, Dated, Missing, Quoted, RowsPlace, Run, Supplied
from models.rules.annual.numbers import OPEN_PLACE
from notifications.paper_blocks import Block, Draft, Grid, Kind, Line, RedHead
from notifications.paper_drafting import drafted
from tasks.papers.drafts import NEXT_STEPS, SHORTCOMINGS, day_in_words, with_blanks
from tasks.papers.texts import Texts

FIRST_PERSON = Missing(
    "主要负责人履行第一责任人职责的情况", "由创建办写在文本文件里，命令加 --texts", "first-person"
)
MEASURES = Missing("主要举措", "由创建办写在文本文件里，命令加 --texts", "measures")
MOST_ROWS = 200  # of a number that are listed behind the report; the others are counted
IN_TEXT = ("done", "handed", "accepted", "late", "decision")  # figures with a sentence of their own


@dataclass(frozen=True, slots=True)
class YearHead:
    """Whose report it is, to whom, on which day."""

    campaign: str
    place: str
    issuer: str
    today: date
    to: str = ""
    red_head: RedHead | None = None


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure as a template prints it; ``last_measure`` is empty where last year's is missing."""

    name: str
    measure: str
    count: Quoted
    last: Run
    last_measure: str


def annual_draft(facts: YearFacts, head: YearHead, texts: Texts) -> Draft:
    """Return the report of a year; what nobody registered or supplied stays a visible blank."""
    title = f"{head.place}{facts.year}年法治政府建设情况报告"
    figures = [_shown(one) for one in facts.figures]
    by_key = {one.count.key.split("/")[1]: one.count for one in facts.figures}
    values: dict[str, object] = {
        "title": title,
        "addressee": head.to,
        "campaign": head.place,
        "year": facts.year,
        "next_year": facts.year + 1,
        "until": day_in_words(facts.until),
        "figures": figures,
        **{
            key: _or_none(by_key.get(key), always=key in ("done", "handed", "accepted"))
            for key in IN_TEXT
        },
        "others": [
            one
            for one in figures
            if one.count.key.split("/")[1] not in IN_TEXT and one.count.text != "0"
        ],
        "goals": facts.goals,
        "short": facts.short,
        **{
            blank.key.replace("-", "_"): _with_open_places(blank, texts)
            for blank in (FIRST_PERSON, MEASURES, SHORTCOMINGS, NEXT_STEPS)
        },
        "issuer": head.issuer,
        "today": Dated(day_in_words(head.today)),
    }
    draft = with_blanks(
        Draft(title, drafted("annual", **values), red_head=head.red_head, values=values)
    )
    return replace(draft, blocks=[*draft.blocks, *_sources(draft)])


def _shown(one: FigureLine) -> FigureShown:
    measure = "" if isinstance(one.last, Missing) else one.measure
    return FigureShown(one.name, one.measure, one.count, one.last, measure)


def _or_none(count: CountedRows | None, *, always: bool) -> CountedRows | None:
    return count if count and (always or count.text != "0") else None


def _with_open_places(blank: Missing, texts: Mapping[str, Sequence[Supplied]]) -> Sequence[Run]:
    """Return what was supplied for a place, and behind each paragraph what it leaves open (XX)."""
    given = texts.get(blank.key)
    if not given:
        return (blank,)
    found: list[Run] = []
    for one in given:
        found.append(one)
        found += [
            Missing(f"“{around(one.text, place)}”", "在文本文件里写上数或名称，命令加 --texts")
            for place in OPEN_PLACE.finditer(one.text)
        ]
    return found


def around(text: str, place: re.Match[str]) -> str:
    """Return an open place with the words about it, by which it is found again."""
    return text[max(0, place.start() - 10) : place.end() + 4]


def _sources(draft: Draft) -> Iterator[Block]:
    """Yield the rows of each number, to which the number itself leads."""
    shown = counted_in(draft)
    if not shown:
        return
    yield Line(Kind.BLANK)
    yield Line(Kind.CAPTION, ("数据来源",))
    for n, one in enumerate(shown, start=1):
        title = f"附表 {n}　{one.title}，{len(one.rows)} 条"
        yield Line(Kind.CAPTION, (RowsPlace(one.place, title),))
        yield Grid(
            one.head,
            tuple(tuple((cell,) for cell in row) for row in one.rows[:MOST_ROWS]),
            (3, 12, 6, 5),
        )
        if (left := len(one.rows) - MOST_ROWS) > 0:
            yield Line(
                Kind.REMARK, (f"其余 {left} 条没有列在这里，全部列在数据来源表（Excel）里。",)
            )


def counted_in(draft: Draft) -> list[CountedRows]:
    """Return the numbers that have rows behind them, one for each table, in the order of the text."""
    counted: dict[str, CountedRows] = {}
    for one in draft.quoted():
        if isinstance(one, CountedRows) and one.rows:
            counted.setdefault(one.place, one)
    return list(counted.values())
