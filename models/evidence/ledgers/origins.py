"""Where a registered value that a ledger contradicts came from, as the audit has it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.database import found_as
from models.evidence.ledgers.conflicts import ConflictLine
from models.rules.evidence.ledger_numbers import SCORE, figure_named
from models.rules.evidence.ledgers import NOTE, STATE

_CODE = re.compile("[/#]")  # ends an item's code in what an entry speaks of
_KEYS = {STATE: ("state", "done_on"), NOTE: ("note",)}
_SAID = """
    WITH asked AS (
      SELECT DISTINCT coalesce('W' || w.ordinal, i.code) AS code FROM ledger_conflict c
      JOIN assignment a ON a.id = c.assignment_id
      LEFT JOIN work_item w ON w.id = a.work_item_id
      LEFT JOIN indicator i ON i.id = a.indicator_id
      WHERE c.campaign_id = :campaign AND c.settled_at IS NULL)
    SELECT e.at, e.who, e.what, e.subject, e.facts FROM audit_entry e
    WHERE e.campaign_id = :campaign AND (e.what = 'ledger-taken'
      OR (e.what IN ('progress', 'measured', 'scored') AND EXISTS (SELECT 1 FROM asked x
            WHERE e.subject = x.code OR e.subject LIKE x.code || '/%'
               OR e.subject LIKE x.code || '#%')))
    ORDER BY e.id"""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who registered a value and when; the ledger that brought it, where one did (file and version)."""

    at: datetime  # UTC
    by_post: str
    file: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    at: datetime
    who: str
    what: str
    subject: str
    facts: str


def standing_origins(
    session: Session, campaign_id: int, conflicts: Sequence[ConflictLine]
) -> dict[int, Origin]:
    """Return where the standing value came from, by the conflict's number; one statement.

    What was never registered has none. Of two ledgers of a unit taken in at one instant none is named.
    """
    said = found_as(session, _Said, _SAID, {"campaign": campaign_id}) if conflicts else []
    ledgers: dict[tuple[str, datetime], list[_Said]] = {}
    for one in said:
        if one.what == "ledger-taken":
            for unit in (one.subject, *json.loads(one.facts).get("to", ())):
                ledgers.setdefault((unit, one.at), []).append(one)
    by_code: dict[str, list[_Said]] = {}
    for one in said:
        if one.what != "ledger-taken":
            by_code.setdefault(_CODE.split(one.subject, maxsplit=1)[0], []).append(one)
    found = {}
    for line in conflicts:
        for one in reversed(by_code.get(line.code, [])):
            if one.at <= line.found_at and _changed(one, line):
                taken = ledgers.get((line.unit, one.at), [])
                facts = json.loads(taken[0].facts) if len(taken) == 1 else {}
                file, version = facts.get("file", ""), facts.get("version")
                found[line.id] = Origin(one.at, one.who, file, version)
                break
    return found


def _changed(said: _Said, line: ConflictLine) -> bool:
    """Say whether an entry changed the field that is in dispute: of a list, or registered one by one."""
    if said.what != "progress" or line.field not in _KEYS:
        return _counted(said, line)
    facts, keys = json.loads(said.facts), _KEYS.get(line.field, ())
    pairs = [(each["old"], each["new"]) for each in facts.get("parts", {}).get(line.unit, ())]
    alone = facts.get("old", {}).get("assignments", {})
    if own := alone.get(str(line.assignment_id)):
        # The words of a whole item are not those of its parts.
        new = facts["new"] if "/" in said.subject else facts["new"] | {"note": own["note"]}
        pairs.append((own, new))
    return any(old.get(key) != new.get(key) for old, new in pairs for key in keys)


def _counted(said: _Said, line: ConflictLine) -> bool:
    """Say whether an entry registered the figure or the unit's own score that is in dispute."""
    facts = json.loads(said.facts)
    if place := figure_named(line.field):
        name, period = place
        same = said.subject == f"{name}/{line.unit}" and facts.get("period") == period
        return said.what == "measured" and same
    own = said.subject == f"{line.code}/{line.unit}" and "self_score" in facts.get("new", {})
    return said.what == "scored" and line.field == SCORE and own
