"""What an annual report is written from, as values: the figures of the year beside last year's, what fell short."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.keys import key_of
from models.papers.annual.goals import HEAD, GoalLine, goals_of_year
from models.papers.annual.year_rows import YearRow, year_rows
from models.papers.quoted import CountedRows, Missing, Run
from models.rules.annual.figures import YEAR_FIGURES, YearFigure
from models.rules.calendar.moment import Moment


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of the year, beside last year's."""

    name: str
    measure: str
    count: CountedRows
    last: Run


@dataclass(frozen=True, slots=True)
class YearFacts:
    """Everything that an annual report quotes."""

    year: int
    until: date
    figures: Sequence[FigureLine]
    goals: Sequence[GoalLine]
    short: Sequence[GoalLine]


def year_facts(
    session: Session, campaign: Campaign, year: int, moment: Moment, last: Mapping[str, Run]
) -> YearFacts:
    """Return what the report of ``year`` is written from; ``last`` are last year's figures that are known.

    Last year's figures come from ``last``, else from the campaign's own rows where it had any last year, else
    they are missing: never nought because nobody knows.
    """
    campaign_id = key_of(campaign)
    days = (date(year - 1, 1, 1), date(year + 1, 1, 1))
    begins, ends = (datetime.combine(day, time.min, tzinfo=moment.zone) for day in days)
    rows = year_rows(session, campaign_id, year, moment.today, (begins, ends))
    until = min(date(year, 12, 31), moment.today)
    knows_last = any(row.day.year == year - 1 for row in rows)
    lines = [
        line
        for figure in YEAR_FIGURES
        if (line := _line(figure, rows, year, last, knows_last=knows_last))
    ]
    goals, short = goals_of_year(session, campaign_id, year, moment)
    return YearFacts(year, until, lines, goals, short)


def _line(
    figure: YearFigure,
    rows: Sequence[YearRow],
    year: int,
    last: Mapping[str, Run],
    *,
    knows_last: bool,
) -> FigureLine | None:
    """Return a figure; None for one that is nought in both years and need not be said."""
    own, before = (
        [row for row in rows if row.key == figure.key and row.day.year == one]
        for one in (year, year - 1)
    )
    if not (own or before or figure.always or figure.key in last):
        return None
    known: Run = last.get(figure.key) or (
        _counted(figure, before, year - 1)
        if knows_last
        else Missing(f"{year - 1}年{figure.name}", "写在文本文件的【上年数据】里，命令加 --texts")
    )
    return FigureLine(figure.name, figure.measure, _counted(figure, own, year), known)


def _counted(figure: YearFigure, rows: Sequence[YearRow], year: int) -> CountedRows:
    rest = f"，共 {len(rows)} {figure.measure}，逐条见附表。" if rows else "：登记的数据里没有。"
    note = f"{year}年{figure.name}{rest}"
    cells = tuple(
        (row.code or "—", row.title, row.unit or "—", row.day.isoformat()) for row in rows
    )
    return CountedRows(
        f"annual/{figure.key}/{year}", str(len(rows)), note, f"{year}年{figure.name}", HEAD, cells
    )
