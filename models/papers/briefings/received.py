"""Files that came in by folder or mail for the briefing: their name says so; the vault has their bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.database import found_as

_FILES = """
    SELECT f.id, f.name, f.sha256, f.unit_id FROM received_file f
    WHERE f.campaign_id = :campaign AND f.outcome = 'taken' AND f.name LIKE '%简报%'
      AND (lower(f.name) LIKE '%.docx' OR lower(f.name) LIKE '%.txt')
      AND NOT EXISTS (SELECT 1 FROM briefing_item n
                      WHERE n.campaign_id = f.campaign_id AND n.file_sha256 = f.sha256)
    ORDER BY f.id"""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that a unit sent for the briefing; ``unit_id`` None where nobody knows whose it is."""

    id: int
    name: str
    sha256: str
    unit_id: int | None


def files_for_briefing(session: Session, campaign_id: int) -> Sequence[SentFile]:
    """Return the files that no item was read from yet, as they came in."""
    return found_as(session, SentFile, _FILES, {"campaign": campaign_id})
