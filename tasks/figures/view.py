"""What figures and scores say, as tables for the terminal; units in their fixed order, never ranked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.campaign.campaign import looking_at
from models.figures.lines import Measured
from models.figures.measuring import measured
from models.figures.rules import table_doubts
from models.figures.scoring import (
    ScoreLine,
    differing,
    score_lines,
    score_totals,
    scores_left_behind,
)
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.figures.decimals import in_figures
from models.rules.figures.periods import period_in_words
from models.rules.figures.points import verdict_of
from models.rules.figures.words import ScoreKind
from models.rules.said import inside
from tasks.figures.demands_ready import read_demands_first
from tasks.figures.figures_list import unit_meant

ALL = "（合计）"
FIGURE_HEAD = ("编号", "要求", "目标", "期间", "单位", "数值", "是否达到", "差多少", "趋势")
SCORE_HEAD = ("编号", "指标", "分值", "自评分", "初审分", "模拟分", "扣分")
VERDICTS = {True: "达到", False: "没有达到", None: "—"}

Table = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class FigureView:
    """The figures of a campaign as rows under `FIGURE_HEAD`, and in a line what they come to."""

    rows: Table
    line: str


@dataclass(frozen=True, slots=True)
class ScoreView:
    """The scores of a campaign: rows under `SCORE_HEAD`, the totals, what differs, what to look at."""

    rows: Table
    totals: Sequence[str]
    differences: Sequence[str]
    doubts: Sequence[str]


def figure_view(slug: str | None, unit: str | None, moment: Moment) -> FigureView:
    """Return what every target has come to, or those of one unit."""
    read_demands_first(slug, moment)
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        unit_id = unit_meant(session, campaign_id, unit) if unit else None
        lines = measured(session, campaign_id, today=moment.today, unit_id=unit_id)
    return FigureView([_figure_row(line) for line in _shown(lines)], _figures_in_words(lines))


def _shown(lines: Sequence[Measured]) -> Iterator[Measured]:
    """Yield the lines without the sum over a single unit, which says the same again."""
    units: dict[tuple[int, str], int] = {}
    for line in lines:
        units[line.demand_id, line.period] = units.get((line.demand_id, line.period), -1) + 1
    for line in lines:
        if line.unit_id is not None or units[line.demand_id, line.period] != 1:
            yield line


def _figure_row(line: Measured) -> tuple[str, ...]:
    figure = line.figure
    lacking = figure.lacking or (figure.words if figure.value is None else "")
    return (
        f"{line.code}#{line.ordinal}",
        line.text,
        line.target,
        period_in_words(line.period),
        line.unit or ALL,
        figure.shown,
        VERDICTS[figure.reached],
        lacking,
        line.trend,
    )


def _figures_in_words(lines: Sequence[Measured]) -> str:
    whole = [line for line in lines if line.unit_id is None]
    if not whole:
        return "还没有带目标值的要求；目标值写在指标表里，或用 shifan demands 登记"
    counts = [sum(line.reached is verdict for line in whole) for verdict in (True, False)]
    empty = sum(line.value is None for line in whole)
    other = len(whole) - sum(counts) - empty
    said = f"{len(whole)} 项（按期间）：达到 {counts[0]} 项，没有达到 {counts[1]} 项，还没有数据 {empty} 项"
    missing = sum(line.missing for line in lines if line.unit_id is not None)
    partly = f"，数据不全、还不能判断 {other} 项" if other else ""
    return f"{said}{partly}；各单位还缺 {missing} 个数"


def score_view(slug: str | None) -> ScoreView:
    """Return the scores of every indicator that is scored, with totals, differences and doubts."""
    with looking_at(slug) as (session, campaign):
        lines = score_lines(session, key_of(campaign))
        left = scores_left_behind(session, key_of(campaign))
    totals = score_totals(lines)
    return ScoreView(
        [_score_row(line) for line in lines if line.counts],
        [f"{kind.chinese}：{totals[kind].words}" for kind in ScoreKind],
        [_difference(line) for line in differing(lines)],
        (table_doubts(lines) if any(line.possible is not None for line in lines) else []) + left,
    )


def _score_row(line: ScoreLine) -> tuple[str, ...]:
    scores = [points_in_words(line, line.points(kind)) for kind in ScoreKind]
    taken = "；".join(
        f"{off.kind.chinese}扣 {in_figures(off.points)} 分：{inside(off.reason)}"
        + (f"（{off.evidence}）" if off.evidence else "")
        for off in line.deductions
    )
    worth = "—" if line.possible is None else in_figures(line.possible)
    return (line.code, line.title, worth, *scores, taken)


def points_in_words(line: ScoreLine, points: Decimal | None) -> str:
    """Return a score as it is printed: a number, a word where there are no points, 未评 for none."""
    if points is None:
        return "未评"
    return verdict_of(points) if line.possible is None else in_figures(points)


def _difference(line: ScoreLine) -> str:
    own, office = (
        points_in_words(line, line.points(k)) for k in (ScoreKind.SELF, ScoreKind.OFFICE)
    )
    gap = in_figures(abs(line.difference or Decimal(0)))
    by = f"，差 {gap} 分" if line.possible is not None else ""
    leads = f"（{'、'.join(line.leads)}）" if line.leads else ""
    return f"{line.code} {line.title}{leads}：自评 {own}，初审 {office}{by}"
