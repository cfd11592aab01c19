"""Register what somebody says of an item."""

from datetime import date

from models.audit.chain import lock_chain
from models.campaign.campaign import open_campaign
from models.campaign.progress import Report, may_register, register
from models.campaign.subjects import subject_named
from models.database import open_session
from models.errors import ProgressError
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment

__all__ = ["Report", "register_report"]


def foresee_report(campaign: str | None, report: Report, item: str, today: date) -> None:
    """Raise in one line what forbids registering ``report``; ``item`` is what the form says of it.

    Nothing is written. A form that speaks of another item than its code does is refused, too.
    """
    with open_session(read_only=True) as session:
        found = open_campaign(session, campaign)
        may_register(session, key_of(found), report, today)
        subject = subject_named(session, key_of(found), report.code)
        if item.strip() and not item.strip().startswith(shown(subject.title)):
            raise ProgressError(
                f"{subject.name} 是“{shown(subject.title)}”，与表单上的事项“{shown(item.strip())}”不符；"
                "请改正编号，或把事项一栏清空"
            )


def register_report(campaign: str | None, report: Report, moment: Moment) -> int:
    """Register ``report`` in one transaction; see `models.campaign.progress.register`."""
    with open_session() as session:
        lock_chain(session)
        return register(session, key_of(open_campaign(session, campaign)), report, moment=moment)
