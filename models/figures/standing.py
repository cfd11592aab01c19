"""What stands of the scores before somebody says something new: worth, scores, deductions, parts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from models.database import run
from models.figures.scoring import ScoreLine, score_lines
from models.rules.figures.words import ScoreKind
from models.rules.words import Role

COLUMNS = {
    ScoreKind.SELF: "self_score",
    ScoreKind.OFFICE: "office_score",
    ScoreKind.MOCK: "mock_score",
}


@dataclass(slots=True)
class PartScores:
    """A unit's part in an indicator, with its three scores."""

    id: int
    unit_id: int
    unit: str
    leads: bool
    scores: dict[ScoreKind, float | None]

    @property
    def self_score(self) -> float | None:
        """Return what the unit scored it itself."""
        return self.scores[ScoreKind.SELF]


@dataclass(frozen=True, slots=True)
class RowOfScore:
    """The row of a score, taken back or not."""

    id: int
    points: float
    note: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class RowOfDeduction:
    """The row of a deduction, taken back or not."""

    id: int
    points: float
    reason: str
    evidence_id: int | None
    withdrawn: bool

    @property
    def facts(self) -> dict[str, object]:
        """Return its columns."""
        return {
            "points": self.points,
            "reason": self.reason,
            "evidence_id": self.evidence_id,
            "withdrawn": self.withdrawn,
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """The scores of a campaign as they stand, by indicator and kind; parts by indicator and by unit."""

    lines: dict[int, ScoreLine]
    scores: dict[tuple[int, ScoreKind], RowOfScore] = field(default_factory=dict)
    deductions: dict[tuple[int, ScoreKind], list[RowOfDeduction]] = field(default_factory=dict)
    parts: dict[int, list[PartScores]] = field(default_factory=dict)
    own: dict[int, dict[int, list[PartScores]]] = field(default_factory=dict)


_SCORES = """
    SELECT id, indicator_id, kind, points, note, withdrawn FROM score
    WHERE campaign_id = :campaign"""

_DEDUCTIONS = """
    SELECT d.id, s.indicator_id, s.kind, d.points, d.reason, d.evidence_id, d.withdrawn
    FROM deduction d JOIN score s ON s.id = d.score_id WHERE s.campaign_id = :campaign ORDER BY d.id"""

_PARTS = """
    SELECT a.id, a.indicator_id, a.unit_id, u.name, a.role, a.self_score, a.office_score, a.mock_score
    FROM assignment a JOIN unit u ON u.id = a.unit_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.indicator_id IS NOT NULL
    ORDER BY u.id"""


def standing_scores(session: Session, campaign_id: int) -> Standing:
    """Return what stands, in a constant number of statements."""
    one = {"campaign": campaign_id}
    kinds = {kind.value: kind for kind in ScoreKind}
    found = Standing({line.indicator_id: line for line in score_lines(session, campaign_id)})
    for id_, indicator, kind, points, note, withdrawn in run(session, _SCORES, one):
        row = RowOfScore(id_, points, note, bool(withdrawn))
        found.scores[indicator, kinds[kind]] = row
    for id_, indicator, kind, points, reason, evidence, withdrawn in run(session, _DEDUCTIONS, one):
        off = RowOfDeduction(id_, points, reason, evidence, bool(withdrawn))
        found.deductions.setdefault((indicator, kinds[kind]), []).append(off)
    for id_, indicator, unit, name, role, *scores in run(session, _PARTS, one):
        part = PartScores(id_, unit, name, role == Role.LEAD, _by_kind(scores))
        found.parts.setdefault(indicator, []).append(part)
        found.own.setdefault(unit, {}).setdefault(indicator, []).append(part)
    return found


def _by_kind(scores: Sequence[float | None]) -> dict[ScoreKind, float | None]:
    return dict(zip(COLUMNS, scores, strict=True))


def leads_in(part: PartScores, parts: Sequence[PartScores]) -> bool:
    """Say whether ``part`` answers for the indicator: it leads, or nobody does."""
    return part.leads or not any(one.leads for one in parts)
