"""The figures that stand in the tables, and those of before, each with who gave it and what proves it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.database import found_as


@dataclass(frozen=True, slots=True)
class Kept:
    """A figure as it stands; ``evidence_number`` is that of the piece that proves it."""

    id: int
    demand_id: int
    unit_id: int
    unit: str
    period: str
    numerator: float
    denominator: float | None
    source: str
    evidence_id: int | None
    evidence_number: int | None
    by_post: str
    at: datetime
    withdrawn: bool

    @property
    def evidence(self) -> str:
        """Return the code of what proves it: E0001; "" for nothing."""
        return f"E{self.evidence_number:04d}" if self.evidence_number else ""

    @property
    def said(self) -> tuple[float, float | None, str, int | None, bool]:
        """Return what makes one registration different from another."""
        return self.numerator, self.denominator, self.source, self.evidence_id, self.withdrawn


_KEPT = """
    SELECT m.id, m.demand_id, m.unit_id, u.name AS unit, m.period, m.numerator, m.denominator,
           m.source, m.evidence_id, e.number AS evidence_number, m.by_post, m.at, m.withdrawn
    FROM measurement m JOIN unit u ON u.id = m.unit_id
    LEFT JOIN evidence e ON e.id = m.evidence_id
    WHERE m.campaign_id = :campaign
    ORDER BY m.demand_id, m.period, u.id"""


def every_figure(session: Session, campaign_id: int) -> list[Kept]:
    """Return every figure of the campaign, those taken back too, by one statement."""
    return found_as(session, Kept, _KEPT, {"campaign": campaign_id})
