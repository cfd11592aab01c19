"""A moment: an instant with the day, the hour and the office hours that belong to it."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from models.rules.calendar.hours import MORNING, Window, may_go_at, window_of
from models.rules.calendar.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happens: made once by a flow or a command, and handed down as it is.

    ``now`` is an aware instant, ``zone`` the office's. Without a ``calendar`` whatever is written may
    go at once; with one it waits for office hours. ``day`` is set only where another day than that of
    ``now`` is looked at; its hour is then the morning.
    """

    now: datetime
    zone: tzinfo
    calendar: WorkCalendar | None = None
    day: date | None = None

    @property
    def local(self) -> datetime:
        """Return the instant on the office's clock."""
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        """Return the day that is lived or looked at."""
        return self.day or self.local.date()

    @property
    def hold_until(self) -> datetime:
        """Return from when what is written now may go out."""
        return may_go_at(self._hour, self.calendar) if self.calendar else self.now

    @property
    def in_hours(self) -> bool:
        """Say whether what is written now may go at once."""
        return self.hold_until <= self.now

    @property
    def window(self) -> Window:
        """Return the window that the instant lies in; a moment without a calendar has none."""
        if self.calendar is None:
            raise ValueError("a moment without a calendar lies in no window")
        return window_of(self.local, self.calendar)

    def workdays_since(self, day: date) -> int:
        """Return how many working days its day is after ``day``; raises ValueError without a calendar."""
        if self.calendar is None:
            raise ValueError("a moment without a calendar counts no working days")
        return self.calendar.count(day, self.local.date())

    @property
    def _hour(self) -> datetime:
        if self.local.date() == self.today:
            return self.local
        return datetime.combine(self.today, MORNING, tzinfo=self.zone)
