"""A document is done when it is handed in: its milestone follows the pieces that prove it.

Handed in or accepted, it is done on that day; returned or withdrawn, it is 进行中 again. What somebody registered
by hand is his word, and stays.
"""

from datetime import date
from typing import Any

from sqlmodel import Session

from models.audit.chain import NewEntry, record_all
from models.campaign.own_milestones import HowFar, settle_milestones
from models.database import run
from models.rules.calendar.moment import Moment
from models.rules.words import UNFINISHED, MilestoneKind, Progress

HANDED_IN = "已交"  # how the note of a milestone begins that its piece made done
_STANDING = f"""
    SELECT m.code, m.state, m.note, min(CASE WHEN p.stands = 1 THEN p.number END) AS number
    FROM milestone m
    JOIN evidence_use x ON x.milestone_id = m.id AND NOT x.withdrawn
    JOIN (SELECT e.id, e.number, CASE WHEN NOT e.withdrawn
              AND r.state IN ('submitted', 'accepted') THEN 1 ELSE 0 END AS stands
          FROM evidence e
          JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
          WHERE e.campaign_id = :campaign) AS p ON p.id = x.evidence_id
    WHERE m.campaign_id = :campaign AND m.kind = '{MilestoneKind.DOCUMENT}' AND NOT m.withdrawn
    GROUP BY m.id, m.code, m.state, m.note ORDER BY m.code"""  # noqa: S608


def follow_handed_in(session: Session, campaign_id: int, who: str, moment: Moment) -> int:
    """Bring documents in line with the pieces that prove them; return how many changed.

    One statement where nothing changed. Said again, nothing changes.
    """
    session.flush()
    found = run(session, _STANDING, {"campaign": campaign_id}).all()
    settled = {row.code: far for row in found if (far := _how_far(row, who, moment.today))}
    if not settled:
        return 0
    changed = settle_milestones(session, campaign_id, settled)
    said = [_entry(who, code, settled[code]) for code in changed]
    record_all(session, campaign_id, moment, said)
    return len(changed)


def _how_far(row: Any, who: str, today: date) -> HowFar | None:
    if row.number and row.state in UNFINISHED:
        return HowFar(Progress.DONE, today, who, f"{HANDED_IN} E{row.number:04d}")
    by_piece = str(row.note).startswith(HANDED_IN)
    if not row.number and row.state == Progress.DONE and by_piece:
        return HowFar(Progress.STARTED, None, who, "材料已退回或撤回")
    return None


def _entry(who: str, code: str, far: HowFar) -> NewEntry:
    new = {"state": far.state, "done_on": far.on, "note": far.note}
    return NewEntry(who, "progress", code, {"new": new})
