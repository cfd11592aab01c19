"""Findings as the look-back (回头看) asks for them: what is open, and what was closed and not looked at again."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.database import found_as
from models.rules.findings.words import SETTLED, FindingState
from models.rules.words import OFFICE

_FINDINGS = f"""
    SELECT f.code, f.problem, coalesce(u.name, '{OFFICE}') AS unit, f.state, c.due, c.looked_on
    FROM finding f
    JOIN finding_cycle c ON c.finding_id = f.id AND c.number = f.cycle
    LEFT JOIN unit u ON u.id = f.unit_id
    WHERE f.campaign_id = :campaign AND f.kind = 'problem'
    ORDER BY f.id"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class FindingSeen:
    """A problem as it stands: whose, in which state, by when, and when it was looked at again."""

    code: str
    problem: str
    unit: str
    state: str
    due: date | None
    looked_on: date | None

    @property
    def is_open(self) -> bool:
        """Say whether something is still owed."""
        return self.state not in SETTLED

    @property
    def wants_a_look(self) -> bool:
        """Say whether it was closed and nobody looked again whether it came back."""
        return self.state == FindingState.CLOSED and self.looked_on is None


def findings_seen(session: Session, campaign_id: int) -> list[FindingSeen]:
    """Return every problem of a campaign in the order they were raised; one statement."""
    return found_as(session, FindingSeen, _FINDINGS, {"campaign": campaign_id})
