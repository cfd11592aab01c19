"""What an entry of the audit says of a finding, or of the visit that found it, in one line; pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from models.rules.findings.words import FindingKind, FindingStep, step_in_words
from models.rules.said import day_said, inside
from models.rules.visits.words import NOTHING_FOUND

PREFIX = "finding-"  # of what was done, before the step
OF_A_VISIT = ("visits-held", "visit-taken-back", "visit-moved")
_T = FindingStep


def entry_of_finding(what: str, code: str, facts: Mapping[str, Any]) -> str:
    """Return 交办给市司法局，时限2025年7月15日：请尽快; of a complaint 首接 is not told from 转办 here."""
    step = what.removeprefix(PREFIX)
    if step not in list(_T):
        return ""
    public = code.startswith(FindingKind.COMPLAINT.letter)
    kind = FindingKind.COMPLAINT if public else FindingKind.PROBLEM
    said = _SAID.get(_T(step), _plain)(step_in_words(kind, step), facts)
    pieces = f"（材料 {facts['items']}）" if facts.get("items") and step != _T.RAISE else ""
    note = f"：{inside(_line(facts['note']))}" if facts.get("note") else ""
    return f"{said}{pieces}{note}"


def entry_of_visit(what: str, facts: Mapping[str, Any]) -> str:
    """Return 登记走访结果，列出问题 2 个; empty for what is no word about one visit."""
    reason = f"：{inside(_line(facts['reason']))}" if facts.get("reason") else ""
    if what == "visits-held":
        count = facts.get("problems")
        return f"登记走访结果，{f'列出问题 {count} 个' if count else NOTHING_FOUND}"
    if what == "visit-taken-back":
        return f"撤回走访结果{reason}"
    if what == "visit-moved":
        return f"改期：{_day(facts, 'from')}改到{_day(facts, 'to')}{reason}"
    return ""


def _line(text: object) -> str:
    return " ".join(str(text).split())


def _plain(word: str, _facts: Mapping[str, Any]) -> str:
    return word


def _raised(word: str, facts: Mapping[str, Any]) -> str:
    source = f"，来源：{facts['source']}" if facts.get("source") else ""
    to = f"；交{facts['to']}" if facts.get("to") else ""
    return f"{word}：{inside(_line(facts.get('title', '')))}{source}{to}{_until(facts)}"


def _given(word: str, facts: Mapping[str, Any]) -> str:
    to = f"给{facts['to']}" if facts.get("to") else ""
    return f"{word}{to}{_until(facts)}"


def _due(word: str, facts: Mapping[str, Any]) -> str:
    return f"{word}{_until(facts)}"


def _promised(word: str, facts: Mapping[str, Any]) -> str:
    return f"{word}{_day(facts, 'day')}完成" if facts.get("day") else word


def _back(word: str, facts: Mapping[str, Any]) -> str:
    return f"{word}，回到“{facts['status']}”" if facts.get("status") else word


def _until(facts: Mapping[str, Any]) -> str:
    return f"，时限{_day(facts, 'due')}" if facts.get("due") else ""


def _day(facts: Mapping[str, Any], name: str) -> str:
    try:
        return day_said(date.fromisoformat(str(facts.get(name, ""))))
    except ValueError:
        return str(facts.get(name, ""))


_SAID: Mapping[FindingStep, Callable[[str, Mapping[str, Any]], str]] = {
    _T.RAISE: _raised,
    _T.ASSIGN: _given,
    _T.UPHOLD: _due,
    _T.MOVE: _due,
    _T.RECUR: _due,
    _T.PROMISE: _promised,
    _T.TAKE_BACK: _back,
}
