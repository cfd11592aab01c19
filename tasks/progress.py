"""Register what somebody says of an item."""

from datetime import date, datetime

from models.audit import lock_chain
from models.campaign import open_campaign
from models.database import open_session
from models.progress import Report, register

__all__ = ["Report", "register_report"]


def register_report(campaign: str | None, report: Report, now: datetime, today: date) -> int:
    """Register ``report`` in one transaction; see `models.progress.register`."""
    with open_session() as session:
        lock_chain(session)
        return register(
            session, open_campaign(session, campaign).id or 0, report, now=now, today=today
        )
