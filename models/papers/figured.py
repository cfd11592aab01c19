"""Turn figures, evidence and scores into what a report quotes, each number with a note of its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from models.evidence.listing import EvidenceLine
from models.figures.lines import Measured
from models.figures.scoring import ScoreLine, score_totals
from models.papers.facts import ScoreRow
from models.papers.quoted import Missing, Quoted, Run, sourced
from models.rules.evidence.words import EvidenceState
from models.rules.figures.decimals import in_figures
from models.rules.figures.periods import period_in_words
from models.rules.figures.words import ScoreKind
from models.rules.gates.checks import names
from models.rules.said import inside

MOST_SOURCES = 3  # units whose source and evidence stand in a note; the others are counted
MOST_PIECES = 4  # of evidence named at a point
NO_SCORE = "—"


@dataclass(slots=True)
class OfPoint:
    """What was counted and shown for one point."""

    figures: list[Sequence[Run]] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    short: list[Quoted] = field(default_factory=list)


def figures_by_point(lines: Sequence[Measured]) -> dict[str, OfPoint]:
    """Return by code what every demand came to, all units together: the newest period that has a figure.

    A period that is over and has none is missing.
    """
    units: dict[tuple[int, str], list[Measured]] = {}
    wholes: dict[int, list[Measured]] = {}
    for line in lines:
        if line.unit:
            units.setdefault((line.demand_id, line.period), []).append(line)
        else:
            wholes.setdefault(line.demand_id, []).append(line)
    found: dict[str, OfPoint] = {}
    for periods in wholes.values():
        point = found.setdefault(periods[0].code, OfPoint())
        told = [one for one in periods if one.value is not None]
        if told:
            one = told[-1]
            quoted = _figure(one, units.get((one.demand_id, one.period), []))
            point.figures.append((_asked(one), f"：{_when(one)}", quoted))
            if one.reached is False:
                point.short.append(quoted)
        point.missing += [_no_figure(one) for one in periods if one.missing]
    return found


def _asked(one: Measured) -> Run:
    place = f"{one.code}#{one.ordinal}"
    return sourced(f"{place}/text", one.text, f"要求 {place} 的原文。")


def _when(one: Measured) -> str:
    return period_in_words(one.period) if one.period else ""


def _figure(one: Measured, units: Sequence[Measured]) -> Quoted:
    given = [unit for unit in units if unit.numerator is not None]
    told = "；".join(f"{unit.unit} {source_of_unit(unit)}" for unit in given[:MOST_SOURCES])
    rest = f"；等 {len(given)} 个单位" if len(given) > MOST_SOURCES else ""
    trend = f"；{one.trend}" if one.trend else ""
    place = f"要求 {one.code}#{one.ordinal}" + (f"，{_when(one)}" if one.period else "")
    return Quoted(
        f"{one.code}#{one.ordinal}/{one.period}", one.words, f"{place}{trend}。{told}{rest}。"
    )


def source_of_unit(unit: Measured) -> str:
    """Return what a unit counted, where from, and what proves it."""
    counted = f"{unit.numerator:g}" + ("" if unit.denominator is None else f"/{unit.denominator:g}")
    source = f"来源 {unit.source}" if unit.source else "没有写来源"
    proof = f"证明材料 {unit.evidence}" if unit.evidence else "没有证明材料"
    return f"{counted}，{source}，{proof}"


def _no_figure(one: Measured) -> Missing:
    of = f"（{_when(one)}）" if one.period else ""
    return Missing(f"{one.code}#{one.ordinal} 的数据{of}", "由责任单位在台账里填报数据")


def evidence_by_point(lines: Sequence[EvidenceLine]) -> dict[str, list[EvidenceLine]]:
    """Return by code the pieces that were accepted and prove it."""
    found: dict[str, list[EvidenceLine]] = {}
    for line in lines:
        if line.stands and line.state == EvidenceState.ACCEPTED:
            for code in line.items:
                found.setdefault(code, []).append(line)
    return found


def evidence_quoted(code: str, lines: Sequence[EvidenceLine]) -> Run:
    """Return how many pieces prove a point, with their codes in the note; "" where none does."""
    if not lines:
        return ""
    told = "；".join(
        f"{one.code}《{one.title}》（{one.unit or '创建办'}）" for one in lines[:MOST_PIECES]
    )
    rest = f"；等 {len(lines)} 份" if len(lines) > MOST_PIECES else ""
    return Quoted(f"{code}/evidence", f"{len(lines)} 份", f"通过核查的证明材料：{told}{rest}。")


def score_rows(lines: Sequence[ScoreLine]) -> list[ScoreRow]:
    """Return the indicators that are scored themselves, where anything of them was scored or is worth points."""
    if not any(line.scores or line.possible is not None for line in lines):
        return []
    return [_score_row(line) for line in lines if line.counts]


def _score_row(line: ScoreLine) -> ScoreRow:
    own, office, mock = (_score(line, kind) for kind in ScoreKind)
    off = [
        f"{one.kind.chinese}扣 {in_figures(one.points)} 分：{inside(one.reason)}"
        for one in line.deductions
    ]
    worth = line.possible
    points: Run = NO_SCORE
    if worth is not None:
        note = f"评分表，{line.code} 的分值。"
        points = Quoted(f"{line.code}/points", in_figures(worth), note)
    return ScoreRow(line.code, line.title, points, own, office, mock, names(off))


def _score(line: ScoreLine, kind: ScoreKind) -> Run:
    found = line.scores.get(kind)
    if found is None:
        return (
            Missing(kind.chinese, f"登记 {line.code} 的{kind.chinese}")
            if kind is ScoreKind.SELF
            else NO_SCORE
        )
    off = [f"扣 {in_figures(one.points)} 分，{inside(one.reason)}" + (f"（{one.evidence}）" if one.evidence else "") for one in line.deductions if one.kind is kind]  # fmt: skip
    by = f"，{found.by_post}登记" if found.by_post else ""
    said = f"；{inside(found.note)}" if found.note else ""
    note = f"{line.code} 的{kind.chinese}{by}{said}{'；' + '；'.join(off) if off else ''}。"
    return Quoted(f"{line.code}/score/{kind.value}", in_figures(found.points), note)


def totals_quoted(lines: Sequence[ScoreLine]) -> Iterator[tuple[str, Quoted]]:
    """Yield the total of each kind of score, with what is not scored yet said aloud."""
    for kind, total in score_totals(lines).items():
        if total.scored:
            note = f"各项指标的{kind.chinese}合计；没有评的不算零分，也不计入。"
            yield kind.chinese, Quoted(f"score/{kind.value}", total.words, note)
