"""The two ends of the chain: which database this is, and when anything in it changed last."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.audit.chain import GENESIS, AuditEntry


def chain_origin(session: Session) -> str:
    """Return what no other database has and this one never loses: the fingerprint of its first entry.

    A restored copy has it too. Zeros before there is an entry.
    """
    first = select(AuditEntry.hash).order_by(col(AuditEntry.id)).limit(1)
    return session.exec(first).first() or GENESIS


def last_change(session: Session) -> datetime | None:
    """Return when the last entry was written; None before there is one."""
    last = select(AuditEntry.at).order_by(col(AuditEntry.id).desc()).limit(1)
    return session.exec(last).first()
