"""What the demands with a target came to in a year, each number with the rows of the units it was made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.figures.lines import Measured
from models.figures.measuring import measured
from models.papers.figured import figures_by_point, source_of_unit
from models.papers.quoted import CountedRows, Quoted, Run
from models.rules.calendar.moment import Moment
from models.rules.figures.periods import period_in_words

HEAD = ("编号", "内容", "单位", "日期")
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class GoalLine:
    """What came of a demand with a target: its sentence in pieces."""

    pieces: Sequence[Run]


def goals_of_year(
    session: Session, campaign_id: int, year: int, moment: Moment
) -> tuple[list[GoalLine], list[GoalLine]]:
    """Return what every demand came to in ``year``, and of those the ones short of their target.

    Each number leads to a table: the demand in the plan's words, then what each unit filled in.
    """
    found = [
        one
        for one in measured(session, campaign_id, today=moment.today)
        if one.period[:4] in ("", str(year))
    ]
    rows = _rows(found)
    points = figures_by_point(found)
    goals = [
        GoalLine(tuple(_traced(piece, pieces[-1], rows) for piece in pieces))
        for point in points.values()
        for pieces in point.figures
    ]
    short = [
        GoalLine((code, " ", _traced(quoted, quoted, rows)))
        for code, point in points.items()
        for quoted in point.short
    ]
    return goals, short


def _rows(lines: Sequence[Measured]) -> Mapping[str, tuple[str, Rows]]:
    """Return by the key of each figure what its table is called, and its rows."""
    asked: dict[str, tuple[str, list[tuple[str, ...]]]] = {}
    for one in lines:
        place = f"{one.code}#{one.ordinal}"
        when = period_in_words(one.period) if one.period else ""
        title = f"要求 {place} 的数据{f'（{when}）' if when else ''}"
        _, rows = asked.setdefault(f"{place}/{one.period}", (title, [(place, one.text, "—", "—")]))
        if one.unit:
            counted = "没有填报" if one.numerator is None else source_of_unit(one)
            rows.append((place, counted, one.unit, when or "—"))
    return {key: (title, tuple(rows)) for key, (title, rows) in asked.items()}


def _traced(run: Run, figure: Run, rows: Mapping[str, tuple[str, Rows]]) -> Run:
    """Return a number so that it leads to the rows of ``figure``, beside which it stands."""
    if not isinstance(run, Quoted) or not isinstance(figure, Quoted) or figure.key not in rows:
        return run
    title, counted = rows[figure.key]
    return CountedRows(run.key, run.text, run.note, title, HEAD, counted, beside=figure.key)
