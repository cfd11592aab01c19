"""What an entry of the audit says of one item, in one line for whoever opens its page; pure."""

import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from models.rules.audit.words import deed_in_words, facts_in_words
from models.rules.bounds import in_sight
from models.rules.said import day_said, inside
from models.rules.window.finding_history import PREFIX, entry_of_finding, entry_of_visit
from models.rules.words import Progress, words_of

_STATES = words_of(Progress)
LONGEST = 200  # characters of a line; the entry itself is whole
# Said by the tables of their own, item by item.
ELSEWHERE = ("acknowledged", "acknowledgement-withdrawn")
UNSAID = ("local", "window")  # stands beside it, or on its receipt: who clicked, and from where
HANDLED_BY_EVIDENCE = {"proof-lost": "已完成改回进行中", "proof-stands": "恢复已完成"}


def entry_of_item(what: str, subject: str, facts: str, parts: Mapping[int, str]) -> str:
    """Return what an entry says of an item, of which ``parts`` are shown: by id, whose each is.

    Empty where it says nothing of these (another unit's part, that came in with the same list), and of what
    is told elsewhere.
    """
    if what in ELSEWHERE:
        return ""
    try:
        read = json.loads(facts)
    except ValueError:
        return deed_in_words(what)
    if not isinstance(read, dict):
        return deed_in_words(what)
    if what == "progress":
        said = _progress(read, parts)
    elif what in HANDLED_BY_EVIDENCE:
        reason = str(read.get("reason", ""))
        said = f"{reason}，{HANDLED_BY_EVIDENCE[what]}" if reason else HANDLED_BY_EVIDENCE[what]
    elif what.startswith("evidence-"):
        said = _evidence(what, subject, read)
    elif what.startswith(PREFIX) and (found := entry_of_finding(what, subject, read)):
        said = found
    elif held := entry_of_visit(what, read):
        said = held
    else:
        facts_said = facts_in_words(json.dumps({k: v for k, v in read.items() if k not in UNSAID}))
        said = deed_in_words(what) + (f"：{facts_said}" if facts_said else "")
    said = in_sight(said, lines=False)
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}……"


def touches(what: str, subject: str, facts: str, name: str, part_id: int) -> bool:
    """Say whether an entry is about the part ``name`` (W5/市司法局) of id ``part_id``, and not only about others'."""
    if subject != name.partition("/")[0]:
        return True  # asked for by its own name
    if what != "progress":
        return False
    try:
        read = json.loads(facts)
        old = read.get("old", {})
        return str(part_id) in old.get("assignments", {}) or name.partition("/")[2] in read.get(
            "parts", {}
        )
    except (ValueError, AttributeError):
        return False


def _evidence(what: str, subject: str, facts: Mapping[str, Any]) -> str:
    """Return 退回证明材料 E0001《通知》：没有盖章."""
    title = f"《{facts['title']}》" if facts.get("title") else ""
    reason = f"：{inside(str(facts['reason']))}" if facts.get("reason") else ""
    return f"{deed_in_words(what)} {subject}{title}{reason}"


def _progress(facts: Mapping[str, Any], parts: Mapping[int, str]) -> str:
    """Return what was registered: of the whole, of each part that changed otherwise than the whole."""
    old, new = facts.get("old", {}), facts.get("new")
    whole = old.get("milestone", old if "state" in old else None)
    own = {id_: row for id_, row in old.get("assignments", {}).items() if int(id_) in parts}
    said = [f"撤回第 {facts['taken_back']} 条记录"] if facts.get("taken_back") else []
    if new:
        before = whole or next(iter(own.values()), None)
        said.append(_registered(before, new))
        if whole and own:
            said.append(f"{_named([parts[int(id_)] for id_ in own])}的部分一同登记")
    for unit, rows in facts.get("parts", {}).items():
        if unit in parts.values():
            said += [f"{unit}的部分{_registered(row['old'], row['new'])}" for row in rows]
    return "；".join(said) if new or len(said) > bool(facts.get("taken_back")) else ""


def _named(units: Collection[str]) -> str:
    named = list(dict.fromkeys(units))
    return "、".join(named[:3]) + (f"等 {len(named)} 个单位" if len(named) > 3 else "")


def _registered(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> str:
    """Return 登记为已完成（2025年6月20日），原为进行中，说明：……."""
    state, done = str(new.get("state", "")), new.get("done_on")
    day = f"（{day_said(date.fromisoformat(str(done)))}）" if done else ""
    said = f"登记为{_STATES.get(state, state)}{day}"
    if old and old.get("state") not in (None, state):
        said += f"，原为{_STATES.get(str(old['state']), old['state'])}"
    elif old and old.get("done_on") and old["done_on"] != done:
        said += f"，原报{day_said(date.fromisoformat(str(old['done_on'])))}"
    note, was = str(new.get("note") or "").strip(), str((old or {}).get("note") or "").strip()
    if note and (note != was or old is None):
        said += f"，说明：{inside(note)}"
    elif was and not note:
        said += "，去掉了说明"
    return said
