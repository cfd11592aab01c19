"""Is this the database that the last head of the chain was taken from, and as far on at least?

A copy put in its place by hand is an earlier state, or another's: every command says so in one line
before it does anything. `shifan db restore` is the way, and leaves an entry that covers what was lost.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, text

from models.audit.heads import audit_key, is_signature, sign
from models.audit.heads_file import HEADS_FILE, last_line
from models.backup.state import LIVE, mark_of
from models.errors import DatabaseError
from models.rules.audit.chain import SHOWN
from models.settings import settings

RESTORED = "database-restored"  # what such an entry is called
_HASH_AT = "SELECT hash FROM audit_entry WHERE id = :id"
_RESTORES = "SELECT facts FROM audit_entry WHERE what = :what ORDER BY id DESC"
WHAT_TO_DO = (
    "要恢复备份，请运行 shifan db restore 备份文件；没有恢复过备份，请把数据目录交给维护人员查看"
)


def require_same_state(connection: Connection, *, marked: bool = True) -> None:
    """Raise DatabaseError where the database is a copy put aside, or not the one of the last head.

    ``marked`` is False for a database from before there were marks. Two short statements.
    """
    if fault := state_fault(connection, marked=marked):
        raise DatabaseError(fault)


def state_fault(connection: Connection, *, marked: bool = True) -> str:
    """Return why this is not the database of the last head, and what to do; empty where it is."""
    mark = mark_of(connection) if marked else None
    if mark is not None and mark.copy != LIVE:
        return (
            f"现在的数据库文件是一份备份的拷贝（写到第 {mark.counter} 次时留下的），不是一直在用的那个；"
            + WHAT_TO_DO
        )
    head = last_line(settings().home / HEADS_FILE)
    entries, hash_ = head.get("entries", 0), str(head.get("hash", ""))
    if not isinstance(entries, int) or not entries:
        return ""
    known = connection.execute(text(_HASH_AT), {"id": head.get("last_id")}).scalar()
    fits = known == hash_
    if mark is not None and head.get("database"):
        fits = fits and head["database"] == mark.identity and head["counter"] <= mark.counter
    if fits or any(covers(facts, entries, hash_) for facts in _restores(connection)):
        return ""
    return (
        f"现在的数据库不是 {head.get('day')} 保存链头时的那个（那时有 {entries} 条记录），"
        f"是较早的或别的状态；{WHAT_TO_DO}"
    )


def _restores(connection: Connection) -> Iterator[Mapping[str, Any]]:
    rows = connection.execute(text(_RESTORES), {"what": RESTORED})
    return (facts for row in rows if (facts := restore_facts(row.facts, audit_key())))


def restore_facts(facts: str, key: bytes) -> Mapping[str, Any] | None:
    """Return what an entry says of a restore, None where it is not signed with the office's key."""
    try:
        said = json.loads(facts)
        if not isinstance(said, dict):
            return None
        signature = said.pop("signature", "")
        return said if is_signature(signature, sign(key, said)) else None
    except (ValueError, TypeError, RecursionError):  # not what any restore ever wrote
        return None


def covers(facts: Mapping[str, Any], entries: int | None, start: str) -> bool:
    """Say whether a restore says that a head went with what was lost; ``start`` begins its hash.

    Without ``entries`` any lost entry may be meant.
    """
    return any(_covers(lost, entries, start[:SHOWN]) for lost in facts.get("gone", ()))


def _covers(lost: Mapping[str, Any], entries: int | None, start: str) -> bool:
    hashes: str = lost["hashes"]
    each = [hashes[at : at + SHOWN] for at in range(0, len(hashes), SHOWN)]
    known = dict(enumerate(each, lost["from"]))
    heads = [tuple(head) for head in lost["heads"]]
    if entries is None:
        return any(one.startswith(start) for one in (*each, *(head[1] for head in heads)))
    if known.get(entries, "").startswith(start):
        return True
    return any(n == entries and str(one).startswith(start) for n, one in heads)
