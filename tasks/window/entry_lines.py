"""What an entry of the audit says, in an office's words: for its receipt, and for lists of what was done."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from models.rules.audit.words import facts_in_words
from models.rules.decisions.recorded import decision_lines
from models.rules.said import short_day_said
from models.rules.window.finding_history import OF_A_VISIT, PREFIX
from models.rules.window.item_history import entry_of_item
from models.rules.words import Progress
from tasks.window.taking_back import ACKNOWLEDGED, PROGRESS, WITHDRAWN

# Said beside it: by which way, when, of which demand.
UNSAID = ("window", "local", "rule")


def entry_lines(what: str, subject: str, kept: str) -> tuple[str, ...]:
    """Return what an entry ``what`` about ``subject`` says in an office's words, a line for each thing.

    ``kept`` are its facts as the chain keeps them (JSON). Of a finding or a visit it is what its own page
    says of it, where that has words for it.
    """
    facts = json.loads(kept)
    of_a_finding = what.startswith(PREFIX) or what in OF_A_VISIT
    told = entry_of_item(what, subject, kept, {}) if of_a_finding else ""
    if what == PROGRESS and facts.keys() & {"new", "parts"}:
        return tuple(_of_progress(facts))
    if what == ACKNOWLEDGED:
        until = f"；到{_day(facts['runs_out'])}为止没有变化的，不再提醒"
        return tuple(filter(None, (f"签收 {facts['items']} 个事项{until}", facts.get("note"))))
    if what == WITHDRAWN:
        return (f"{facts['items']} 个事项恢复提醒",)
    if said := decision_lines(what, facts):
        return said
    if told:
        return (told,)
    if what in ("succession", "succession-withdrawn"):
        count = len(facts["items"])
        named = f"没办完的 {count} 项移交{facts['to']}" if count else f"由{facts['to']}接手"
        return tuple(filter(None, (named, f"理由：{facts['reason']}" if facts["reason"] else "")))
    if what == "silence-added":
        return f"{facts['scope']}，到{_day(facts['until'])}为止", f"理由：{facts['reason']}"
    left = {key: one for key, one in facts.items() if key not in UNSAID}
    words = facts_in_words(json.dumps(left, ensure_ascii=False))
    return (words,) if words else ()


def _of_progress(facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a registration changed: from what to what, the words with it, and whose parts followed."""
    old, new = facts.get("old", {}), facts.get("new", {})
    before = old.get("milestone") or (old if "state" in old else None)
    parts = old.get("assignments", {})
    if before is None and len(parts) == 1:
        before, parts = next(iter(parts.values())), {}
    after = {**new}
    named = [(unit, one) for unit, rows in facts.get("parts", {}).items() for one in rows]
    if before is None and len(named) == 1:
        (_, only), named = named[0], []
        before, after = only["old"], only["new"]
    yield _moved(before, after) if before or after else "本单位的部分改回原来的进度"
    if note := after.get("note"):
        yield f"说明：{note}"
    if parts:
        yield f"连同各单位的部分 {len(parts)} 个"
    if named:
        yield f"各单位的部分 {len(named)} 个也改回原来的进度"


def _moved(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    done = f"，{_day(after['done_on'])}完成" if after.get("done_on") else ""
    to = f"{Progress(after['state']).chinese}{done}"
    return f"{Progress(before['state']).chinese} → {to}" if before else f"登记为{to}"


def _day(day: str) -> str:
    return short_day_said(date.fromisoformat(day))
