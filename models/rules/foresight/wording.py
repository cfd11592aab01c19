"""What a forecast (预计) says, in an office's words: chances, days, one sentence."""

from collections.abc import Sequence
from itertools import islice

from models.rules.foresight.values import FEWEST, FEWEST_DONE, DaySpan
from models.rules.said import inside

SURE = 0.99  # what is drawn or worked out is neither sure nor impossible
LIKELY = 0.5  # from this chance on it is said that an item may be late
NAMED = 3
BEYOND = "一年以后"


def chance_in_words(chance: float) -> str:
    """Return a chance (0 to 1) as it is shown; neither sure nor impossible, for it was drawn or worked out."""
    return f"{min(max(chance, 1 - SURE), SURE):.0%}"


def expected_days(span: DaySpan) -> str:
    """Return the days within which something will probably be done."""
    if span.first is None:
        return BEYOND
    last = span.last.isoformat() if span.last else BEYOND
    return span.first.isoformat() if span.first == span.last else f"{span.first} 至 {last}"


def likely_in_words(count: int) -> str:
    """Return how many items due this month may be late."""
    return f"预计本月有 {count} 项可能逾期" if count else "预计本月没有可能逾期的事项"


def month_sentence(count: int, things: Sequence[str]) -> str:
    """Return how many items due this month may be late, and the most probable of ``things`` by name."""
    if not count:
        return likely_in_words(0)
    named = "、".join(islice(things, NAMED))
    which = f"最可能的{'三' if len(things) >= NAMED else '两' if len(things) > 1 else '一'}项："
    return likely_in_words(count) + (
        f"：{named}" if count <= NAMED and len(things) == count else f"，{which}{named}"
    )


def unit_sentence(count: int, codes: Sequence[str]) -> str:
    """Return how many of a unit's own items may be late this month, by their codes."""
    named = "、".join(islice(codes, NAMED)) + ("等" if count > NAMED or len(codes) > NAMED else "")
    return f"预计贵单位本月有 {count} 项可能逾期：{named}"


def too_little_in_words() -> str:
    """Return that too little is known to say anything, and from when on something is said."""
    return f"预计：样本不足（已完成和逾期的满 {FEWEST} 项、其中完成的满 {FEWEST_DONE} 项才预计）"


def record_in_words(said: int, late: int) -> str:
    """Return what came of what was said to be likely late; empty while nothing of it has come due."""
    return f"以前预计很可能逾期、期限已过的 {said} 项中，后来逾期 {late} 项" if said else ""


def thing_in_words(code: str, title: str, owner: str) -> str:
    """Return an item as a person who knows no codes reads it."""
    return f"{code} {inside(title)}（{owner}）"
