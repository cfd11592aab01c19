"""Labels of deadlines that were read and may mean another day."""

from collections.abc import Iterator, Sequence

from models.plan.reading.dates.dates import day_in_words
from models.plan.reading.dates.glued_words import glued_to
from models.plan.reading.dates.unsure_dates import ANY, left_of, other_reckoning
from models.plan.reading.text.patterns import pattern, quoted
from models.plan.schema import Deadline

# Two marks in one date: 2026.4-10.
DAY_OR_MONTHS = r"(?<!\d)(?:19|20)\d{2}[.．/](\d{1,2})[—](1[0-2]|0?[1-9])(?![\d月.])"


def unsure(
    printed: str, deadline: Deadline, taken: Sequence[str], said: Sequence[str]
) -> Iterator[str]:
    """Yield why a label that was read may mean another day, but what was ``said`` of it already.

    Another calendar, a choice, words of dates beside those that were ``taken``.
    """
    if deadline.date is None:
        return
    odd = other_reckoning(printed)
    if odd and not any(quoted(odd) in why for why in said):
        read = day_in_words(deadline.date)
        yield f"时限{quoted(printed[:40])}里写着{quoted(odd)}，按{read}读，请核对"
    if pair := pattern(DAY_OR_MONTHS).search(printed):
        months = f"{pair[1]}月{pair[2]}日，也可能是{pair[1]}月至{pair[2]}月"
        yield f"{quoted(pair[0])}可能是{months}，按{day_in_words(deadline.date)}读，请核对"
    for words in glued_to(printed, taken):
        yield f"时限里的{quoted(words)}没有读全，按{day_in_words(deadline.date)}读，请核对"
    if left := left_of(printed, taken, ANY):
        yield f"时限里的{quoted(left)}没有读，请核对"
