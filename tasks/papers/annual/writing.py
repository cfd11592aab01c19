"""Write the annual report, and say of its own numbers whether they agree with the tables."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.errors import CampaignError, PlanError
from models.keys import key_of
from models.papers.annual.facts import YearFacts, year_facts
from models.papers.annual.goals import GoalLine
from models.papers.annual.last_year import figures_last_said
from models.papers.quoted import CountedRows, Missing, Run, Supplied
from models.papers.versions import newest_paper
from models.rules.annual.figures import YEAR_FIGURES, CheckedFigure
from models.rules.annual.numbers import NumberVerdict, SaidNumber, check_numbers
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind
from notifications.paper_blocks import Draft
from tasks.papers.annual.drafts import MOST_ROWS, YearHead, annual_draft, counted_in
from tasks.papers.annual.rows_book import left_out_line, write_rows
from tasks.papers.keeping import Composed, PaperOrder, WrittenPaper, head_of, write_paper
from tasks.papers.texts import LAST_YEAR, Texts, texts_before, texts_in
from tasks.workbook.writing import require_new_workbook

_COUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([^\d（(，；]*)")
_TYPED = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*\D{0,3}")  # one number, and what it is counted in
KEYS = {one.name: one.key for one in YEAR_FIGURES}


def write_annual(
    slug: str | None,
    order: PaperOrder,
    year: int,
    moment: Moment,
    texts: Path | None = None,
    rows: Path | None = None,
) -> WrittenPaper:
    """Write the report of ``year`` with the office's words in ``texts`` and of versions before.

    Every row behind its numbers is written to the workbook ``rows``, where that is asked for. What nobody
    registered or supplied stays a visible blank, and XX in the office's own words is flagged. Repeatable:
    nothing new is the same version. Raises CampaignError for a year that has not begun.
    """
    if year > moment.today.year:
        raise CampaignError(f"{year} 年还没有到，年度报告写到 {moment.today.year} 年为止")
    if rows:
        require_new_workbook(rows)
    given = texts_in(texts, order.by_post.strip())
    checked: list[SaidNumber] = []
    counted: list[CountedRows] = []

    def compose(session: Session, campaign: Campaign) -> Composed:
        last = newest_paper(session, key_of(campaign), PaperKind.ANNUAL, str(year))
        words = {**texts_before(last), **given}
        facts = facts_of_year(session, campaign, year, moment, words)
        to = YearHead(
            campaign.title,
            place_reported(campaign),
            campaign.issuer,
            moment.today,
            order.to,
            head_of(campaign, order),
        )
        draft = annual_draft(facts, to, words)
        checked[:], counted[:] = _checked(draft, facts), counted_in(draft)
        return Composed(PaperKind.ANNUAL, draft, str(year))

    written = write_paper(slug, order, moment, compose)
    listed = (
        write_rows(rows, written.version.title, counted)
        if rows
        else left_out_line(counted, MOST_ROWS)
    )
    held = check_line(checked) if checked else "数字核对：补充的文字里没有数字，其余的都取自登记"
    lines = (*written.lines, held, listed)
    return replace(written, lines=tuple(filter(None, lines)))


def facts_of_year(
    session: Session, campaign: Campaign, year: int, moment: Moment, words: Texts
) -> YearFacts:
    """Return the facts of a year; last year's as typed in, else as its last report said, else from the rows."""
    typed = _typed(words.get(LAST_YEAR, ()), year)
    last: Mapping[str, Run] = {**figures_last_said(session, campaign, year - 1), **typed}
    return year_facts(session, campaign, year, moment, last)


def place_reported(campaign: Campaign) -> str:
    """Return whose report it is: 金昌市 of 金昌市创建全国法治政府建设示范市实施方案, else who issued the plan."""
    place, founded, _ = campaign.title.partition("创建")
    return place if place and founded else campaign.issuer or campaign.title


def checked_figures(facts: YearFacts) -> Sequence[CheckedFigure]:
    """Return what numbers of a text are held against: the figures of the year, and those of the demands."""
    words = {one.name: one.words for one in YEAR_FIGURES}
    figures = [
        CheckedFigure(
            one.name,
            one.measure,
            (one.name, *words[one.name]),
            Decimal(one.count.text),
            _number(one.last),
        )
        for one in facts.figures
    ]
    return [*figures, *(one for goal in facts.goals for one in _of_goal(goal))]


def check_line(found: Sequence[SaidNumber]) -> str:
    """Return in a line how many numbers agree, and the first that do not."""
    counts = {verdict: sum(one.verdict is verdict for one in found) for verdict in NumberVerdict}
    said = "、".join(f"{verdict.chinese} {count} 处" for verdict, count in counts.items() if count)
    wrong = [one for one in found if one.verdict is NumberVerdict.DIFFERS]
    more = "".join(
        f"；“{one.sentence}”写的是 {one.number}，登记的是{one.tables}" for one in wrong[:3]
    )
    return f"数字核对：{said or '没有数字'}{more}"


def _checked(draft: Draft, facts: YearFacts) -> list[SaidNumber]:
    """Return the numbers of the words that the office itself supplied; ours are from the tables."""
    lines = [one.text for one in draft.supplied() if not one.key.startswith(f"{LAST_YEAR}/")]
    return check_numbers(lines, (), checked_figures(facts))


def _typed(said: Sequence[Supplied], year: int) -> dict[str, Run]:
    """Return last year's figures as an office typed them: 完成责任：12, a line each."""
    found: dict[str, Run] = {}
    faults = []
    for one in said:
        _, _, rest = one.key.partition("/")
        if rest in KEYS.values():  # of a version before
            found[rest] = one
            continue
        name, _, number = one.text.replace(":", "：").partition("：")
        key = KEYS.get(name.strip())
        digits = _TYPED.fullmatch(unicodedata.normalize("NFKC", number).strip())
        if key is None:
            faults.append(f"【上年数据】没有“{shown(name)}”这一项，有：{'、'.join(KEYS)}")
        elif not digits:
            faults.append(f"【上年数据】“{shown(one.text)}”没有写数，应为 {name.strip()}：12")
        elif key in found:
            faults.append(f"【上年数据】{name.strip()}写了两次")
        else:
            number = digits[1].replace(",", "")
            found[key] = Supplied(f"{LAST_YEAR}/{key}", number, one.by_post)
    if faults:
        raise PlanError(f"{year} 年年度报告的补充文字 ", faults)
    return found


def _of_goal(goal: GoalLine) -> Iterator[CheckedFigure]:
    """Yield what a demand came to, by the words of the demand."""
    asked, *_, counted = map(str, goal.pieces)
    if found := _COUNT.match(counted.strip()):
        yield CheckedFigure(asked, found[2].strip(), (asked,), Decimal(found[1]))


def _number(run: Run) -> Decimal | None:
    if isinstance(run, Missing):
        return None
    try:
        return Decimal(str(run))
    except InvalidOperation:
        return None
