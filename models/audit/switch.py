"""Schedules that are switched off: the newest word on each, read from the chain of the audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from models.audit.chain import AuditEntry, NewEntry, lock_chain, record_all
from models.rules.calendar.moment import Moment

OFF, ON = "schedule-off", "schedule-on"
UNKNOWN = "不明"


@dataclass(frozen=True, slots=True)
class Switch:
    """A schedule that is off: who switched it off (`UNKNOWN` where nobody saw it), and when.

    Where nobody saw it, ``at`` (UTC) is when it was found.
    """

    schedule: str
    who: str
    at: datetime


def switched_off(session: Session) -> list[Switch]:
    """Return the schedules that are off, the one that has been so the longest first."""
    newest = (
        select(func.max(AuditEntry.id))
        .where(col(AuditEntry.what).in_((OFF, ON)))
        .group_by(col(AuditEntry.subject))
    )
    found = (
        select(AuditEntry.subject, AuditEntry.who, AuditEntry.at)
        .where(col(AuditEntry.id).in_(newest), AuditEntry.what == OFF)
        .order_by(col(AuditEntry.id))
    )
    return [Switch(*row) for row in session.exec(found)]


def record_switches(session: Session, on: Mapping[str, bool], who: str, moment: Moment) -> int:
    """Append an entry for each schedule of ``on`` that is not as the chain has it; return how many.

    What was never switched is on. May be repeated: nothing is written twice.
    """
    lock_chain(session)
    off = {switch.schedule for switch in switched_off(session)}
    said = [
        NewEntry(who, ON if runs else OFF, name, {})
        for name, runs in on.items()
        if runs == (name in off)
    ]
    return record_all(session, None, moment, said)
