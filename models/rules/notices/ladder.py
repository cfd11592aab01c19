"""The ladder: who hears of an item how many working days before or after it is due."""

from dataclasses import dataclass
from datetime import date

from models.rules.calendar.days import days_after
from models.rules.calendar.workdays import WorkCalendar
from models.rules.words import Level

LONG_AGO = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: from ``workdays`` on (negative before, 0 on the day, positive after), tell ``levels``."""

    rule: str
    workdays: int
    levels: tuple[Level, ...]

    @property
    def chinese(self) -> str:
        """Return the rung in words: 7个工作日内到期, 今日到期, 逾期满3个工作日."""
        if self.workdays < 0:
            return f"{-self.workdays}个工作日内到期"
        return f"逾期满{self.workdays}个工作日" if self.workdays else "今日到期"


def _up_to(level: Level) -> tuple[Level, ...]:
    return tuple(rung for rung in Level if rung <= level)


# Ordered from early to late; an item stands on exactly one rung, so a week of silence makes one notice.
LADDER = (
    Rung("before_30", -30, (Level.LIAISON,)),
    Rung("before_7", -7, (Level.LIAISON,)),
    Rung("before_3", -3, (Level.LIAISON,)),
    Rung("before_1", -1, (Level.LIAISON,)),
    Rung("due_today", 0, (Level.LIAISON,)),
    Rung("overdue_1", 1, _up_to(Level.UNIT_HEAD)),
    Rung("overdue_3", 3, _up_to(Level.OFFICE)),
    Rung("overdue_5", 5, _up_to(Level.LEADER)),
    Rung("overdue_10", 10, _up_to(Level.GROUP_HEAD)),
)


@dataclass(frozen=True, slots=True)
class Bracket:
    """A rung on one day: items due in [``first``, ``last``] stand on it."""

    rung: Rung
    first: date
    last: date


def brackets(
    today: date, calendar: WorkCalendar, ladder: tuple[Rung, ...] = LADDER
) -> list[Bracket]:
    """Return the due days of every rung on ``today``; disjoint, empty ones left out.

    What is due today is never late, whatever the calendar. A due day on a day off stays the day that
    the plan says, and is told with the last working day before it: on Friday what is due on Saturday,
    before the holidays what is due in them.
    """
    late = sorted((r for r in ladder if r.workdays > 0), key=lambda r: -r.workdays)
    early = sorted((r for r in ladder if r.workdays < 0), key=lambda r: -r.workdays)
    found = []
    first = LONG_AGO
    for rung in late:
        last = calendar.late_since(today, rung.workdays)
        found.append(Bracket(rung, first, last))
        first = max(first, days_after(last, 1))
    on_the_day = [rung for rung in ladder if rung.workdays == 0]
    until = calendar.due_within(today, 0) if on_the_day else today
    found += [Bracket(rung, today, until) for rung in on_the_day]
    first = days_after(until, 1)
    for rung in early:
        last = calendar.due_within(today, -rung.workdays)
        found.append(Bracket(rung, first, last))
        first = max(first, days_after(last, 1))
    return [bracket for bracket in found if bracket.first <= bracket.last]
