"""What an entry of the audit about a decision says, a line for each thing, as its receipt shows it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from models.rules.calendar.arrangement import day_in_words
from models.rules.decisions.answers import Answer

NAMED = 3  # obstacles named in a receipt; the others are counted
SETTLED = frozenset(f"decision-{answer.value}" for answer in Answer) - {"decision-transfer"}


def decision_lines(what: str, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lines of an entry ``what`` with its ``facts``; none where it is no word of a decider's."""
    if what in SETTLED:
        return tuple(_settled(facts))
    if what == "decision-voice":
        said = (f"表态：{Answer(facts['answer']).chinese}", _because(facts))
        return tuple(filter(None, said))
    if what == "decision-asked":
        return tuple(_asked(facts))
    if what == "decision-transfer":
        given = f"由{facts['from']}转给" if facts.get("from") else "转给"
        return tuple(filter(None, (f"{given}{facts['to']}决定", _because(facts))))
    return ()


def _asked(facts: Mapping[str, Any]) -> Iterator[str]:
    yield f"请{'、'.join(facts['posts'])}在{_day(facts['due'])}以前答复"
    if left := [one["text"] for one in facts.get("obstacles") or ()]:
        yield f"还没有满足的条件：{_named(left)}"


def _named(left: list[str]) -> str:
    more = f"等 {len(left)} 项" if len(left) > NAMED else ""
    return f"{'；'.join(left[:NAMED])}{more}"


def _settled(facts: Mapping[str, Any]) -> Iterator[str]:
    if words := _because(facts):
        yield words
    if facts.get("new_end"):
        before = facts.get("original_end") or facts.get("planned_end")
        original = f"，原定的{_day(before)}保留" if before else ""
        yield f"结束日改为{_day(facts['new_end'])}{original}"
    if left := [one["text"] for one in facts.get("obstacles") or ()]:
        yield f"没有满足、留在记录里的条件：{_named(left)}"
    voices = [one for one in facts.get("voices") or () if one.get("answer")]
    if len(voices) > 1:
        yield "；".join(f"{one['said_by']}{Answer(one['answer']).chinese}" for one in voices)
    if facts.get("client"):
        yield f"来自 {facts['client']}"


def _because(facts: Mapping[str, Any]) -> str:
    return f"理由：{facts['reason']}" if facts.get("reason") else ""


def _day(day: str) -> str:
    return f"{day[:4]}年{day_in_words(date.fromisoformat(day))}"
