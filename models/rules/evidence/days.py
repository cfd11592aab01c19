"""The days that evidence and ledgers are held against; pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from models.rules.calendar.workdays import WorkCalendar

LEDGER_WITHIN = 5  # working days that a unit has for a ledger, whatever is due in it


@dataclass(frozen=True, slots=True)
class EvidenceDays:
    """What has run out before ``today`` stands no longer; a ledger sent ``sent_before`` may be missing.

    It is missing when something in it that is not done is past its day, too.
    """

    today: date
    sent_before: datetime


def evidence_days(today: date, calendar: WorkCalendar, zone: tzinfo) -> EvidenceDays:
    """Return the days to compare with on ``today``: a ledger's working days end with the office's midnight."""
    last = calendar.late_since(today, LEDGER_WITHIN) if today > date.min else today
    return EvidenceDays(today, datetime.combine(last, time.min, zone) + timedelta(days=1))
