"""What was done lately: the newest entries of the chain, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from models.audit.chain import AuditEntry
from models.rules.audit.words import MACHINES

_BY_AN_ACCOUNT = '"window":"账号 '  # in canonical JSON: what somebody typed has its marks escaped


@dataclass(frozen=True, slots=True)
class RecentEntry:
    """An entry of the chain as a list shows it; ``facts`` is JSON as it was sealed."""

    id: int
    at: datetime
    who: str
    what: str
    subject: str
    facts: str


def entries_before(
    session: Session, campaign_id: int | None, who: Sequence[str], before: int, most: int
) -> list[RecentEntry]:
    """Return up to ``most`` entries of a campaign and of none that one of ``who`` wrote, the newest first.

    What an account of the window did in another's name is among them; what only keeps what others say is not.

    Only those below number ``before``, where it is not 0.
    """
    entry = AuditEntry
    columns = (entry.id, entry.at, entry.who, entry.what, entry.subject, entry.facts)
    query = select(*columns).where(  # type: ignore[call-overload]
        or_(col(entry.campaign_id) == campaign_id, col(entry.campaign_id).is_(None)),
        or_(col(entry.who).in_(list(who)), col(entry.facts).contains(_BY_AN_ACCOUNT)),
        col(entry.what).not_in(MACHINES),
    )
    if before:
        query = query.where(col(entry.id) < before)
    found = session.exec(query.order_by(col(entry.id).desc()).limit(most))
    return [RecentEntry(*row) for row in found]


def last_of_each(session: Session, what: str, subjects: Sequence[str]) -> dict[str, datetime]:
    """Return by subject when ``what`` of no campaign was written last about it; none for one never written."""
    query = (
        select(AuditEntry.subject, func.max(AuditEntry.id))
        .where(
            col(AuditEntry.campaign_id).is_(None),
            AuditEntry.what == what,
            col(AuditEntry.subject).in_(list(subjects)),
        )
        .group_by(AuditEntry.subject)
    )
    last = {number: subject for subject, number in session.exec(query)}
    times = select(AuditEntry.id, AuditEntry.at).where(col(AuditEntry.id).in_(list(last)))
    return {last[number]: at for number, at in session.exec(times)}
