"""What a returned ledger says of numbers: set against what went out and what is registered by now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from models.evidence.ledgers.issues import LedgerPart
from models.figures.goals import Counted, counted_demands
from models.figures.kept import every_figure
from models.figures.measuring import NewMeasurement
from models.figures.pieces import pieces_by_code
from models.figures.score_faults import NewScore, score_faults
from models.figures.standing import PartScores, Standing, standing_scores
from models.rules.evidence.ledger_numbers import (
    NO_FIGURE_SAID,
    SCORE,
    TAKEN_BACK,
    FigureSaid,
    figure_field,
    figure_in_words,
    score_in_words,
)
from models.rules.evidence.ledgers import Disagreement
from models.rules.figures.words import ScoreKind
from models.rules.words import Level
from tasks.figures.figure_rows import FigureRows, figure_mark
from tasks.figures.figures_list import names_and_ids
from tasks.figures.self_rows import read_self_scores, score_mark, score_shown
from tasks.ledgers.holders import Holders
from tasks.ledgers.numbers.sheets import OWN_FIGURES, OWN_SCORES
from tasks.ledgers.rows import AtOdds, SentTo, name_rewording
from tasks.ledgers.sheets import as_returned
from tasks.workbook.cells import as_code
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

_NOTE = "说明"  # the column whose faults begin with its name

Key = tuple[int, int, str]  # demand, unit, period


@dataclass(frozen=True, slots=True)
class NumbersKept:
    """What is registered of numbers; what a ledger changes stands for the next one of the same call."""

    session: Session
    campaign_id: int
    demands: Mapping[str, Counted]  # 1.1.2#1
    figures: dict[Key, FigureSaid]
    pieces: Mapping[str, int]
    units: tuple[Mapping[str, str], Mapping[str, int]]
    standing: Standing


def numbers_kept(session: Session, campaign_id: int) -> NumbersKept:
    """Return what is registered, in a constant number of statements."""
    return NumbersKept(
        session,
        campaign_id,
        {one.name: one for one in counted_demands(session, campaign_id)},
        {
            (k.demand_id, k.unit_id, k.period): FigureSaid(
                k.numerator, k.denominator, k.source, k.evidence
            )
            for k in every_figure(session, campaign_id)
            if not k.withdrawn
        },
        pieces_by_code(session, campaign_id),
        names_and_ids(session, campaign_id),
        standing_scores(session, campaign_id),
    )


@dataclass(frozen=True, slots=True)
class NumbersSaid:
    """What a ledger says of numbers that is new, and what it says otherwise than somebody else."""

    figures: Sequence[NewMeasurement] = ()
    scores: Sequence[NewScore] = ()
    odds: Sequence[AtOdds] = ()
    rows: int = 0


class NumberRows:
    """Reads the sheets for numbers of one unit's ledger."""

    def __init__(
        self, book: Book, of: SentTo, kept: NumbersKept, holders: Holders, today: date
    ) -> None:
        """Read ``book``, which was sent out as ``of`` says."""
        self._book, self._of, self._unit, self._holders = book, of, of.unit, holders
        self._sent = {code: row.part_id for (code, _), row in of.sent.rows.items()}
        self._parts: dict[str, LedgerPart] = {}  # that stand for those sent, by the item's code
        self._kept, self._today = kept, today
        self._by = f"{of.unit}{Level.LIAISON.chinese}"
        self._by_id = {demand.demand_id: demand for demand in kept.demands.values()}

    def said(self) -> NumbersSaid:
        """Return what both sheets say; rows with a fault say nothing, and the fault stays in the book."""
        figures, of_figures = self._figure_rows()
        scores, of_scores = self._score_rows()
        if self._book.faults.loose:
            return NumbersSaid(rows=of_figures + of_scores)  # nothing of this workbook is taken
        bad = {(one.sheet, one.row) for one in self._book.faults.places}
        taken: list[NewMeasurement] = []
        scored: list[NewScore] = []
        odds = [
            *(self._weigh_figure(row, new, taken) for row, new in figures if _key(row) not in bad),
            *(self._weigh_score(row, new, scored) for row, new in scores if _key(row) not in bad),
        ]
        return NumbersSaid(taken, scored, [one for one in odds if one], of_figures + of_scores)

    def _figure_rows(self) -> tuple[list[tuple[Row, NewMeasurement]], int]:
        sheet, kept = as_returned(OWN_FIGURES), self._kept
        if not self._book.has(sheet):
            return [], 0
        said = (self._by, self._today)
        reader = FigureRows(self._book, kept.demands, kept.units, kept.pieces, said, sheet)
        found = reader.figures()
        return [(row, self._figure_now(row, new)) for row, new in found], reader.rows

    def _figure_now(self, row: Row, new: NewMeasurement) -> NewMeasurement:
        """Return a figure for whoever holds the item by now; what its unit registered stays its own."""
        demand = self._demand(new)
        name_rewording(self._book, self._of, row, ("要求", demand.text))
        part = self._part_now(row, demand.code)
        own = self._kept.figures.get(new.key, NO_FIGURE_SAID) != NO_FIGURE_SAID
        if part is None or part.unit_id == new.unit_id or own:
            return new
        self._of.moved.add(row.sheet, row.number, self._moved(demand.code, part))
        return replace(new, unit_id=part.unit_id)

    def _part_now(self, row: Row, code: str) -> LedgerPart | None:
        """Return the part that stands for the one of an item that was sent; a fault and None for none."""
        if code not in self._sent:
            row.fault("编号", f"“{code}”不是发给{self._unit}的事项")
            return None
        part = self._holders.now(self._sent[code], self._of.unit_id)
        if part is None:
            became = self._holders.became(self._sent[code])
            row.fault("编号", f"{became}，没有收；请用新发的台账")
            return None
        self._parts[code] = part
        return part

    def _moved(self, code: str, part: LedgerPart) -> str:
        return self._holders.moved(self._sent[code], part, self._unit)

    def _score_rows(self) -> tuple[list[tuple[Row, NewScore]], int]:
        kept = self._kept
        lines = {as_code(line.code): line for line in kept.standing.lines.values()}
        found, rows = read_self_scores(
            self._book, lines, kept.units, self._by, as_returned(OWN_SCORES)
        )
        scores = []
        for row, said in found:
            line = kept.standing.lines[said.indicator_id]
            name_rewording(self._book, self._of, row, ("指标", line.title))
            part = self._part_now(row, line.code)
            if part is None:
                continue
            new = said
            if part.unit_id != said.unit_id:
                self._of.moved.add(row.sheet, row.number, self._moved(line.code, part))
                new = replace(said, unit_id=part.unit_id)
            asked = ([new], (), self._by)
            for fault in score_faults(kept.session, kept.campaign_id, kept.standing, asked):
                words = fault.partition("：")[2] or fault
                row.fault(_NOTE if words.startswith(_NOTE) else SCORE, words.removeprefix(_NOTE))
            scores.append((row, new))
        return scores, rows

    def _weigh_figure(
        self, row: Row, new: NewMeasurement, taken: list[NewMeasurement]
    ) -> AtOdds | None:
        """Take a figure, or return what it is at odds with; one that is registered already says nothing."""
        demand = self._demand(new)
        offered = NO_FIGURE_SAID
        if not new.withdraw:
            piece = as_code(row.cell("证明材料"))
            offered = FigureSaid(new.numerator, new.denominator, new.source, piece)
        standing = self._kept.figures.get(new.key, NO_FIGURE_SAID)
        if offered == standing:
            return None
        part = self._parts[demand.code]
        by = part.unit if part.unit_id == new.unit_id else self._unit
        as_sent = row.text("核对码") in {
            figure_mark((demand.name, unit, new.period), standing)
            for unit in (row.text("单位"), self._unit)  # it may have been renamed since
        }
        if as_sent or (not row.text("核对码") and standing == NO_FIGURE_SAID):
            self._kept.figures[new.key] = offered
            taken.append(replace(new, by_post=f"{by}{Level.LIAISON.chinese}"))
            return None
        if part.unit_id != new.unit_id:
            stands = f"已登记的是“{figure_in_words(standing)}”，这一项已转给{part.unit}"
            row.fault("分子", f"{stands}；两种说法请创建办核实后登记")
            return None
        return AtOdds(
            part.id,
            (row.sheet, row.number),
            Disagreement(
                figure_field(demand.name, new.period),
                figure_in_words(standing),
                figure_in_words(offered, TAKEN_BACK),
            ),
        )

    def _weigh_score(self, row: Row, new: NewScore, scored: list[NewScore]) -> AtOdds | None:
        """The same for a self score."""
        line = self._kept.standing.lines[new.indicator_id]
        part = self._part(new)
        standing = part.scores[ScoreKind.SELF]
        points = None if new.withdraw else new.points
        if points == standing:
            return None
        shown = score_shown(line, standing)
        code = row.text("核对码")
        if code == score_mark(shown) or (not code and standing is None):
            part.scores[ScoreKind.SELF] = points
            scored.append(replace(new, by_post=f"{part.unit}{Level.LIAISON.chinese}"))
            return None
        offered = score_in_words(score_shown(line, points), new.note, TAKEN_BACK)
        place = (row.sheet, row.number)
        return AtOdds(part.id, place, Disagreement(SCORE, score_in_words(shown), offered))

    def _demand(self, new: NewMeasurement) -> Counted:
        return self._by_id[new.demand_id]

    def _part(self, new: NewScore) -> PartScores:
        parts = self._kept.standing.parts[new.indicator_id]
        return next(part for part in parts if part.unit_id == new.unit_id)


def _key(row: Row) -> tuple[str, int]:
    return row.sheet, row.number
