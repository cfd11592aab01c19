"""Is this the database that the last head of the chain was taken from, and as far on at least?

A copy put in its place by hand is an earlier state, or another's: every command says so in one line
before it does anything. `shifan db restore` is the way, and leaves an entry that covers what was lost.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, text
from sqlmodel import Session

from models.audit.heads import audit_key
from models.audit.heads_file import HEADS_FILE, last_line
from models.backup.restores import RESTORED, covers, read_restore
from models.backup.state import ARRIVING, LIVE, MOVED, mark_of
from models.errors import DatabaseError
from models.rules.audit.fact_table import Facts
from models.settings import settings

_HASH_AT = "SELECT hash FROM audit_entry WHERE id = :id"
_RESTORES = "SELECT facts FROM audit_entry WHERE what = :what ORDER BY id DESC"
WHAT_TO_DO = (
    "要恢复备份，请运行 shifan db restore 备份文件；没有恢复过备份，请把数据目录交给维护人员查看"
)

MOVED_AWAY = (
    "这个数据库已搬到 {}，不再使用，什么都没有改动；请把 SHIFAN_DATABASE_URL 改成新的数据库"
    "（搬回 var/shifan.db 的，去掉这个设置）再运行"
)
NOT_THERE_YET = "数据库还在搬来的路上：搬家中途停了。请用搬家以前的 SHIFAN_DATABASE_URL 再运行一次 shifan db copy，办完再用"


def require_same_state(connection: Connection, *, marked: bool = True) -> None:
    """Raise DatabaseError where the database is a copy put aside, or not the one of the last head.

    ``marked`` is False for a database from before there were marks. Two short statements.
    """
    if fault := state_fault(connection, marked=marked):
        raise DatabaseError(fault)


def require_nothing_lost() -> None:
    """Raise DatabaseError where the database is empty, and the last head was taken from one that was not.

    Another's address, or a file that somebody took away: made anew on the spot it would hide that.
    """
    head = last_line(settings().home / HEADS_FILE)
    if entries := head.get("entries"):
        raise DatabaseError(
            f"现在的数据库是空的，而 {head.get('day')} 保存链头时有 {entries} 条记录，所以什么都没有写；"
            f"先看 SHIFAN_DATABASE_URL 写的是不是一直在用的那个库；{WHAT_TO_DO}"
        )


def state_fault(of: Session | Connection, *, marked: bool = True) -> str:
    """Return why this is not the database of the last head, and what to do; empty where it is."""
    connection = of.connection() if isinstance(of, Session) else of
    mark = mark_of(connection) if marked else None
    if mark is not None and mark.copy in (MOVED, ARRIVING):
        return MOVED_AWAY.format(mark.moved_to) if mark.copy == MOVED else NOT_THERE_YET
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


def _restores(connection: Connection) -> Iterator[Facts]:
    rows = connection.execute(text(_RESTORES), {"what": RESTORED})
    return (facts for row in rows if (facts := read_restore(row.facts, audit_key())))
