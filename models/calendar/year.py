"""Take in what holds in a year, or on a single day: replaced as a whole, each change in the audit."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.calendar.calendar import HolidayYear, SpecialDay, work_calendar
from models.database import run
from models.rules.bounds import LONGEST_NAME
from models.rules.calendar.arrangement import Arrangement, changes
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.notices.rule_words import HOLIDAYS_UNKNOWN

NEW_YEAR_BEFORE = timedelta(days=7)  # so far a year's notice may reach into the year before

_ASKED_NO_MORE = """
    UPDATE notice SET state = 'dropped', reason = 'already-done'
    WHERE rule = :rule AND state IN ('waiting', 'unsendable') AND message_id IS NULL"""


def store_arrangement(
    session: Session, found: Arrangement, source: str, by: str, moment: Moment
) -> list[str] | None:
    """Let ``found`` be what holds in its year; return the days that it changed, in words.

    A notice of the same year is replaced as a whole. None where exactly this was taken in before:
    nothing is written then. What waits to ask for the notice is dropped.
    """
    days = [[str(day), int(worked), name] for day, (worked, name) in sorted(found.days().items())]
    kept = json.dumps(days, ensure_ascii=False)
    row = session.get(HolidayYear, found.year)
    if row and (row.number, row.days) == (found.number, kept):
        return None
    before = _each_day(work_calendar(session), found.year)
    replaced = row.number if row else ""
    new = HolidayYear(
        year=found.year,
        number=found.number,
        source=source,
        days=kept,
        taken_on=moment.today,
        taken_by=by,
    )
    row = session.merge(new)
    session.flush()
    told = changes(before, _each_day(work_calendar(session), found.year))
    said = {"number": found.number, "source": source, "days": days}
    facts = said | {"replaced": replaced, "changed": told}
    entry = record(session, None, moment, NewEntry(by, "holidays-loaded", str(found.year), facts))
    row.audit_id = entry.id
    session.flush()
    run(session, _ASKED_NO_MORE, {"rule": HOLIDAYS_UNKNOWN})
    return told


def set_day(
    session: Session, day: date, worked: bool | None, reason: str, by: str, moment: Moment
) -> bool:
    """Let ``day`` be worked or off whatever its year's notice says; None takes that back.

    Return False where it stands so already; nothing is written then.
    """
    row = session.get(SpecialDay, day)
    before = row.working if row else None
    if before == worked:
        return False
    if worked is None:
        session.delete(row)
    else:
        session.merge(SpecialDay(day=day, working=worked, name=reason[:LONGEST_NAME]))
    session.flush()
    facts = {"working": worked, "before": before, "reason": reason}
    record(session, None, moment, NewEntry(by, "holiday-set", day.isoformat(), facts))
    return True


def _each_day(calendar: WorkCalendar, year: int) -> Mapping[date, bool]:
    first, last = date(year, 1, 1) - NEW_YEAR_BEFORE, date(year, 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {day: calendar.is_workday(day) for day in days}
