"""The work calendar: the library's holidays, and what the office entered itself."""

from datetime import date
from functools import cache

from sqlmodel import Field, Session, SQLModel, select

from models.rules.workdays import WorkCalendar


class SpecialDay(SQLModel, table=True):
    """A day off or a make-up workday from a State Council notice the library does not know yet."""

    __tablename__ = "special_day"

    day: date = Field(primary_key=True)
    working: bool
    name: str = ""


def work_calendar(session: Session) -> WorkCalendar:
    """Return the calendar of today's knowledge; the office's own entries win.

    Years neither the library nor the office knows are Monday to Friday and not in ``known_years``.
    """
    exceptions, years = _official()
    own = {row.day: row.working for row in session.exec(select(SpecialDay))}
    return WorkCalendar(
        {**exceptions, **own}, frozenset(years) | frozenset(day.year for day in own)
    )


@cache
def _official() -> tuple[dict[date, bool], frozenset[int]]:
    """Return the exceptions of every year the holiday library knows, read once per process."""
    from chinese_calendar import constants

    years = frozenset(day.year for day in constants.holidays)
    off = dict.fromkeys(constants.holidays, False)
    return {**off, **dict.fromkeys(constants.workdays, True)}, years
