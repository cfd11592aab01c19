"""What a forecast (预计) says, in an office's words: chances, days, one sentence."""

from collections.abc import Sequence
from datetime import date
from itertools import islice

SURE = 0.99  # what is drawn or worked out is neither sure nor impossible
NAMED = 3
LONGEST = 20  # characters of a title
TOO_LITTLE = "样本不足"


def chance_in_words(chance: float) -> str:
    """Return a chance (0 to 1) as it is shown; neither sure nor impossible, for it was drawn or worked out."""
    return f"{min(max(chance, 1 - SURE), SURE):.0%}"


def span_in_words(first: date | None, last: date | None) -> str:
    """Return the days within which something will probably be done; what lies beyond the horizon is open."""
    if first is None:
        return "一年内预计不到"
    if last is None:
        return f"最早 {first.isoformat()}"
    return first.isoformat() if first == last else f"{first.isoformat()} 至 {last.isoformat()}"


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


def too_little_in_words(known: int) -> str:
    """Return that too little is known to say anything."""
    return f"{TOO_LITTLE}：办结的和逾期的事项一共 {known} 项，还不足以预计"


def record_in_words(said: int, late: int) -> str:
    """Return what came of what was said to be likely late; empty while nothing of it has come due."""
    return f"以前预计很可能逾期、期限已过的 {said} 项中，后来逾期 {late} 项" if said else ""


def thing_in_words(code: str, title: str, unit: str) -> str:
    """Return an item as a person who knows no codes reads it."""
    short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
    return f"{code} {short}" + (f"（{unit}）" if unit else "")
