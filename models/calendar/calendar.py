"""The work calendar: which arrangement of holidays holds in which year, and how the office corrects it.

A single day that the office set counts most, then the notices it took in, then the years that
chinesecalendar knows (2004 to 2026 in 1.11). A year that neither knows is Monday to Friday without
the days fixed by regulation, and is not in ``known_years``: single days do not make it known.
"""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Integer, Text, cast, literal, null, union_all
from sqlalchemy import select as select_columns
from sqlmodel import Field, Session, SQLModel, col, select

from models.calendar.statutory import fixed_days
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar


class SpecialDay(SQLModel, table=True):
    """A single day that the office set to be off or worked, whatever the year's notice says."""

    __tablename__ = "special_day"

    day: date = Field(primary_key=True)
    working: bool
    name: str = ""


class HolidayYear(SQLModel, table=True):
    """A year's arrangement as the office took it in: one row a year, replaced as a whole.

    ``days`` is canonical JSON: [day, worked, festival] for every day the notice speaks of. What it
    said before stands in the audit, as does every day it says now: the entry `audit_id` is enough to
    make the row again.
    """

    __tablename__ = "holiday_year"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: str  # of the notice: 国办发明电〔2025〕7号
    source: str  # the file or page it was taken from
    days: str = Field(sa_type=Text)
    taken_on: date
    taken_by: str  # a post
    audit_id: int | None = Field(default=None, foreign_key="audit_entry.id")

    def each_day(self) -> list[tuple[date, bool, str]]:
        """Return every day the notice speaks of, whether it is worked, and the festival."""
        days = json.loads(self.days)
        return [(date.fromisoformat(day), bool(worked), name) for day, worked, name in days]


def special_days(session: Session) -> list[SpecialDay]:
    """Return the single days that the office set, in order."""
    return list(session.exec(select(SpecialDay).order_by(col(SpecialDay.day))))


# One statement, for every patrol and every message asks; later years' notices win where two meet.
_KEPT: Any = union_all(
    select_columns(
        literal(1).label("own"),
        col(SpecialDay.day),
        col(SpecialDay.working),
        cast(null(), Integer).label("year"),
        literal("").label("days"),
    ),
    select_columns(literal(0), null(), null(), col(HolidayYear.year), col(HolidayYear.days)),
).order_by("own", "year")


def work_calendar(session: Session) -> WorkCalendar:
    """Return the calendar of today's knowledge."""
    kept = session.connection().execute(_KEPT).all()
    if not kept:
        return _published()
    published = _published()
    taken = {row.year for row in kept if not row.own}
    said = {d: worked for d, worked in published.exceptions.items() if d.year not in taken}
    for row in kept:
        if row.own:
            said[row.day] = bool(row.working)
        else:
            said |= {
                date.fromisoformat(day): bool(worked) for day, worked, _ in json.loads(row.days)
            }
    return WorkCalendar(said, published.known_years | taken, fixed_days)


def in_hours(session: Session, moment: Moment) -> Moment:
    """Return ``moment`` with the calendar: what is written then waits until the office is open."""
    return replace(moment, calendar=work_calendar(session))


@cache
def _published() -> WorkCalendar:
    """Return what the holiday library knows, read once per process."""
    from chinese_calendar import constants

    years = frozenset(day.year for day in constants.holidays)
    off = dict.fromkeys(constants.holidays, False)
    return WorkCalendar({**off, **dict.fromkeys(constants.workdays, True)}, years, fixed_days)


def published_days(year: int) -> list[tuple[date, bool, str]]:
    """Return each day that the holiday library names in ``year``, whether it is worked, and the festival."""
    from chinese_calendar import constants

    said = ((False, constants.holidays), (True, constants.workdays))
    return sorted(
        (day, worked, str(constants.Holiday(name).chinese))
        for worked, days in said
        for day, name in days.items()
        if day.year == year
    )
