"""What the audit says of one thing: its entries, the newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.database import found_as
from models.rules.audit.words import MACHINES

_ABOUT = f"""
    SELECT e.id, e.at, e.day, e.who, e.what, e.subject, e.facts FROM audit_entry e
    WHERE e.campaign_id = :campaign AND e.subject IN ({{names}})
      AND e.what NOT IN ({", ".join(f"'{what}'" for what in MACHINES)})
    ORDER BY e.id DESC"""  # noqa: S608

_OF_A_QUESTION = """
    SELECT e.id, e.at, e.day, e.who, e.what, e.subject, e.facts FROM audit_entry e
    WHERE e.at >= :since AND e.what LIKE 'decision-%' AND e.facts LIKE :decision
    ORDER BY e.id DESC"""


@dataclass(frozen=True, slots=True)
class EntryAbout:
    """One entry of the audit about something; ``facts`` is its JSON."""

    id: int
    at: datetime
    day: date
    who: str
    what: str
    subject: str
    facts: str


def entries_about(
    session: Session, campaign_id: int, subjects: Collection[str]
) -> list[EntryAbout]:
    """Return every entry whose subject is one of ``subjects``, the newest first; one statement."""
    names = {f"name{n}": name for n, name in enumerate(dict.fromkeys(subjects))}
    if not names:
        return []
    sql = _ABOUT.format(names=", ".join(f":{name}" for name in names))
    return found_as(session, EntryAbout, sql, {"campaign": campaign_id, **names})


def entries_of_question(session: Session, decision_id: int, since: datetime) -> list[EntryAbout]:
    """Return the entries about a question from ``since`` on, the newest first; one statement."""
    values = {"since": since, "decision": f'%"decision":{decision_id},%'}
    return found_as(session, EntryAbout, _OF_A_QUESTION, values)
