"""What a restore says of itself: an entry, signed, so that heads of what was lost accuse nobody."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.audit.heads import AuditHead, is_signature, is_signed, sign
from models.audit.links import Link
from models.rules.audit.chain import SHOWN
from models.rules.audit.fact_table import Facts
from models.settings import local_minute

RESTORED = "database-restored"  # what such an entry is called


@dataclass(frozen=True, slots=True)
class Backup:
    """Which file is restored; ``kept`` is the name of the database before it, empty where there is none."""

    file: str
    sha256: str
    kept: str = ""


def restore_facts(
    backup: Backup,
    chain: Sequence[Link],
    before: Sequence[Link],
    heads: Iterable[AuditHead],
    key: bytes,
) -> Facts:
    """Return what the entry of a restore says: ``chain`` is there now, ``before`` was, ``heads`` are kept."""
    pairs = enumerate(zip(chain, before, strict=False))
    shorter = min(len(chain), len(before))
    common = next((n for n, (a, b) in pairs if a.hash != b.hash), shorter)
    lost = before[common:]
    gone: list[dict[str, Any]] = [
        {
            "from": common + 1,
            "to": len(before),
            "first_at": _written(lost[0]) if lost else "",
            "last_at": _written(lost[-1]) if lost else "",
            "hashes": "".join(entry.hash[:SHOWN] for entry in lost),
            "heads": [],
        }
    ]
    for entry in lost:  # what an earlier restore lost goes with its entry, and is said again
        if entry.what == RESTORED:
            gone += (read_restore(entry.facts, key) or {}).get("gone", ())
    for head in heads:
        there = 0 < head.entries <= len(chain) and chain[head.entries - 1].hash == head.hash
        if there or not is_signed(head, key) or covers({"gone": gone}, head.entries, head.hash):
            continue
        gone[0]["heads"].append([head.entries, head.hash[:SHOWN]])
        gone[0]["to"] = max(gone[0]["to"], head.entries)
    facts: Facts = {
        "file": backup.file,
        "sha256": backup.sha256,
        "entries": len(chain),
        "until": _written(chain[-1]) if chain else "",
        "kept": backup.kept,
        "kinds": Counter(entry.what for entry in lost),
        "gone": gone,
    }
    return {**facts, "signature": sign(key, facts)}


def _written(entry: Link) -> str:
    """Return when an entry was written, as the office's clock showed it."""
    return local_minute(datetime.fromisoformat(entry.at)) if entry.at else ""


def read_restore(facts: str, key: bytes) -> Facts | None:
    """Return what an entry says of a restore, None where it is not signed with the office's key."""
    try:
        said = json.loads(facts)
        if not isinstance(said, dict):
            return None
        signature = said.pop("signature", "")
        return said if is_signature(signature, key, said) else None
    except (ValueError, TypeError, RecursionError):  # not what any restore ever wrote
        return None


def covers(facts: Facts, entries: int | None, start: str) -> bool:
    """Say whether a restore says that a head went with what was lost; ``start`` begins its hash.

    Without ``entries`` any lost entry may be meant.
    """
    return any(_covers(lost, entries, start[:SHOWN]) for lost in facts.get("gone", ()))


def _covers(lost: Facts, entries: int | None, start: str) -> bool:
    hashes: str = lost["hashes"]
    each = [hashes[at : at + SHOWN] for at in range(0, len(hashes), SHOWN)]
    known = dict(enumerate(each, lost["from"]))
    heads = [tuple(head) for head in lost["heads"]]
    if entries is None:
        return any(one.startswith(start) for one in (*each, *(head[1] for head in heads)))
    if known.get(entries, "").startswith(start):
        return True
    return any(n == entries and str(one).startswith(start) for n, one in heads)
