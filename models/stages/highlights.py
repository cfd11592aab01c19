"""Accepted evidence that may be a highlight of the campaign; one statement."""

from dataclasses import dataclass

from sqlmodel import Session

from models.database import found_as
from models.rules.stages.highlights import WORDS
from models.rules.words import OFFICE

_NAMED = " OR ".join(f"e.title LIKE '%{word}%' OR e.caption LIKE '%{word}%'" for word in WORDS)
_CANDIDATES = f"""
    SELECT e.number, e.title, coalesce(p.name, '{OFFICE}') AS provider, r.url
    FROM evidence e
    JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    LEFT JOIN unit p ON p.id = e.provider_id
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND r.state = 'accepted' AND ({_NAMED})
    ORDER BY e.number"""  # noqa: S608 - words of ours


@dataclass(frozen=True, slots=True)
class HighlightCandidate:
    """An accepted piece that speaks of an experience, a first or an award; ``url`` where it was published."""

    number: int
    title: str
    provider: str
    url: str

    @property
    def code(self) -> str:
        """Return what the piece is called: E0003."""
        return f"E{self.number:04d}"


def highlight_candidates_of(session: Session, campaign_id: int) -> list[HighlightCandidate]:
    """Return the candidates in the order of their numbers, which ranks nobody."""
    return found_as(session, HighlightCandidate, _CANDIDATES, {"campaign": campaign_id})
