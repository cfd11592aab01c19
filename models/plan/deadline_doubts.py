"""Labels of deadlines that were read and may mean another day."""

from collections.abc import Iterator

from models.plan.dates import day_in_words
from models.plan.deadline_words import JOINED_DATE, LEFT_DATE, OTHER_RECKONING
from models.plan.patterns import pattern, quoted
from models.plan.schema import Deadline, DeadlinePart


def unsure(printed: str, deadline: Deadline) -> Iterator[str]:
    """Yield why a label that was read may mean another day: another calendar, a choice, more dates."""
    if deadline.date is None:
        return
    if odd := pattern(OTHER_RECKONING).search(printed):
        read = day_in_words(deadline.date)
        yield f"时限{quoted(printed[:40])}里写着{quoted(odd[0])}，按{read}读，请核对"
    rest = printed
    for part in deadline.parts or [DeadlinePart(raw=deadline.raw or "", date=deadline.date)]:
        rest = rest.replace(part.raw, "，", 1)
    if len(deadline.parts) > 1 or deadline.raw != printed:
        left = pattern(LEFT_DATE).search(rest)
    else:
        left = pattern(JOINED_DATE).search(printed)
    if left:
        yield f"时限里的{quoted(left[0])}没有读，请核对"
