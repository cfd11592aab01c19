"""What closing, putting away or removing a campaign would touch; nothing is written."""

import json
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.audit.chain import AuditEntry
from models.campaign.ending import ARCHIVED
from models.database import found_as

_TOUCHED = """
    SELECT (SELECT count(*) FROM decision WHERE campaign_id = :campaign AND status = 'asked') AS questions,
           (SELECT count(*) FROM notice WHERE campaign_id = :campaign AND message_id IS NULL
              AND state IN ('waiting', 'unsendable', 'silenced', 'acknowledged', 'inhibited',
                            'over-budget')) AS notices,
           (SELECT count(*) FROM evidence_revision r JOIN evidence e ON e.id = r.evidence_id
              WHERE e.campaign_id = :campaign AND r.sha256 <> '') AS files,
           (SELECT coalesce(sum(r.size), 0) FROM evidence_revision r JOIN evidence e ON e.id = r.evidence_id
              WHERE e.campaign_id = :campaign) AS bytes,
           (SELECT count(*) FROM paper WHERE campaign_id = :campaign) AS papers,
           (SELECT count(*) FROM audit_entry WHERE campaign_id = :campaign) AS entries,
           (SELECT count(*) FROM campaign WHERE parent_id = :campaign AND state = 'open') AS children"""


@dataclass(frozen=True, slots=True)
class Touched:
    """How much there is of a campaign: open questions, notices not sent yet, files and their bytes, entries.

    ``children`` are the campaigns under it that are under way.
    """

    questions: int
    notices: int
    files: int
    bytes: int
    papers: int
    entries: int
    children: int


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """The last archive of a campaign, as the chain has it."""

    file: str
    sha256: str
    day: date


def touched_by_end(session: Session, campaign_id: int) -> Touched:
    """Return what the end of a campaign touches, by one statement."""
    [found] = found_as(session, Touched, _TOUCHED, {"campaign": campaign_id})
    return found


def archive_files(session: Session) -> dict[int, ArchiveFile]:
    """Return the last archive of each campaign that has one, by its number; one statement."""
    query = select(AuditEntry.campaign_id, AuditEntry.facts, col(AuditEntry.day))
    archived = query.where(AuditEntry.what == ARCHIVED).order_by(col(AuditEntry.id))
    found = {}
    for campaign_id, facts, day in session.exec(archived):
        said = json.loads(facts)
        found[campaign_id or 0] = ArchiveFile(said["file"], said["sha256"], day)
    return found
