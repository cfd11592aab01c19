"""The days of a finding: due, promised, watched; what has slipped and what was broken is derived, never kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WATCH_DAYS = 14  # what an office that sets nothing watches before it closes
ANSWER_WORKDAYS = 5  # in which a complaint is answered, where the office sets nothing
LOOK_BACK_DAYS = 30  # after its closure in which it is seen whether a problem came back
USUAL_WORKDAYS = 10  # in which a problem is mended, where nobody names a day


@dataclass(frozen=True, slots=True)
class PromisedDays:
    """The days of one cycle; ``original_due`` and ``first_promised`` stay whatever is moved later."""

    due: date | None = None
    original_due: date | None = None
    promised: date | None = None
    first_promised: date | None = None
    done_on: date | None = None

    def is_overdue(self, today: date) -> bool:
        """Say whether its due day is past and it was not mended."""
        return self.done_on is None and self.due is not None and self.due < today

    @property
    def has_slipped(self) -> bool:
        """Say whether the promise was put off, or was made for a day after the due one."""
        if self.promised is None:
            return False
        put_off = self.first_promised is not None and self.promised > self.first_promised
        return put_off or (self.due is not None and self.promised > self.due)

    def is_broken(self, today: date) -> bool:
        """Say whether the promised day went by before it was mended."""
        return self.promised is not None and (self.done_on or today) > self.promised


def days_in_words(days: PromisedDays, today: date) -> Sequence[str]:
    """Return what is to be said of the days of a finding beside the due day itself."""
    said = []
    if days.original_due and days.due != days.original_due:
        said.append(f"原定 {days.original_due}")
    if days.is_overdue(today):
        said.append("已逾期")
    if days.promised:
        said.append(f"承诺 {days.promised}")
    if days.is_broken(today):
        said.append("承诺未兑现")
    elif days.has_slipped:
        said.append("承诺推后")
    return said


def watch_until(today: date, days: int) -> date:
    """Return the last day of the watch period that begins ``today``."""
    return today + timedelta(days=days)
