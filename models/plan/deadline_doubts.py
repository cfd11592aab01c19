"""Labels of deadlines that were read and may mean another day."""

from collections.abc import Iterator

from models.plan.dates import day_in_words
from models.plan.patterns import quoted
from models.plan.schema import Deadline
from models.plan.unsure_dates import JOINED, ONE_MORE, left_of, other_reckoning


def unsure(printed: str, deadline: Deadline) -> Iterator[str]:
    """Yield why a label that was read may mean another day: another calendar, a choice, more dates."""
    if deadline.date is None:
        return
    if odd := other_reckoning(printed):
        read = day_in_words(deadline.date)
        yield f"时限{quoted(printed[:40])}里写着{quoted(odd)}，按{read}读，请核对"
    taken = [part.raw for part in deadline.parts] or [deadline.raw or ""]
    whole = taken == [printed]
    if left := left_of(printed, () if whole else taken, JOINED if whole else ONE_MORE):
        yield f"时限里的{quoted(left)}没有读，请核对"
