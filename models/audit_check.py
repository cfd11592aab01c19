"""Check the audit chain: is every entry as it was written, and is none missing, added or moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import text
from sqlmodel import Session

from models.audit import GENESIS, AuditEntry, seal
from models.audit_head import AuditHead, heads, is_signed
from models.rules.chain import SHOWN, SentHead

TRIGGERS = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'",
    "postgresql": """SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relname = 'audit_entry' AND NOT t.tgisinternal AND t.tgenabled <> 'D'
          AND pg_table_is_visible(c.oid)""",
}


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold; ``entry`` is its number, None for a head."""

    entry: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to: how many entries, the last hash, the first break, warnings."""

    entries: int
    hash: str
    broken: Break | None = None
    warnings: Sequence[str] = ()


def check_chain(
    session: Session, key: bytes, kept: Sequence[AuditHead] = (), sent: SentHead | None = None
) -> Checked:
    """Check the whole chain against itself, the heads in the database, and ``kept`` ones from outside.

    ``sent`` is a head as it stood in a message, short and unsigned: nobody can change that any more.

    Names the first broken entry: changed, removed, inserted or moved. Entries cut off at the end show
    as soon as any head covers them.
    """
    rows = _rows(session)
    broken = (
        _first_break(rows)
        or _first_head(rows, [*heads(session), *kept], key)
        or (_against(rows, sent) if sent else None)
    )
    count = text(TRIGGERS[session.get_bind().dialect.name])
    sealed = session.connection().execute(count).scalar_one()
    warnings = [] if sealed >= 2 else ["审计表上禁止修改和删除的保护不见了，请运行数据库检查"]
    return Checked(len(rows), rows[-1].hash if rows else GENESIS, broken, warnings)


_ALL = """SELECT id, campaign_id, at, day, who, what, subject, facts, previous, hash
    FROM audit_entry ORDER BY id"""
_STORED_AT = "%Y-%m-%d %H:%M:%S.%f"  # how SQLite keeps an instant


def _rows(session: Session) -> list[AuditEntry]:
    """Return every entry as its bytes stand in the table.

    Read as text and not through the column types: those would forgive 2025-07-01T01:00 for what was
    written as 2025-07-01 01:00, and refuse to read on after a day that is none.
    """
    session.flush()
    return [
        AuditEntry(**{**row._mapping, "at": _instant(row.at), "day": _day(row.day)})
        for row in session.connection().execute(text(_ALL))
    ]


def _instant(stored: datetime | str) -> datetime | str:
    """Return an instant; a text that is not exactly how one is stored stays as it is."""
    if isinstance(stored, datetime):
        return stored.astimezone(UTC)
    try:
        read = datetime.strptime(stored, _STORED_AT).replace(tzinfo=UTC)
    except ValueError:
        return stored
    return read if read.strftime(_STORED_AT) == stored else stored


def _day(stored: date | str) -> date | str:
    if isinstance(stored, date):
        return stored
    try:
        read = date.fromisoformat(stored)
    except ValueError:
        return stored
    return read if read.isoformat() == stored else stored


def _first_break(rows: Sequence[AuditEntry]) -> Break | None:
    followers = {row.previous: i for i, row in enumerate(rows)}
    before = GENESIS
    for i, row in enumerate(rows):
        if not _is_whole(row):
            return Break(row.id, "内容与当时的指纹不符，被改动过")
        if row.previous != before:
            return Break(row.id, _misplaced(i, rows, before, followers))
        before = row.hash
    return None


def _is_whole(row: AuditEntry) -> bool:
    try:
        return seal(row) == row.hash
    except (AttributeError, TypeError, ValueError):  # a day that is no day any more
        return False


def _misplaced(
    i: int, rows: Sequence[AuditEntry], before: str, followers: Mapping[str, int]
) -> str:
    follower = followers.get(before)
    if follower is None:
        return "与前一条接不上，它前面有记录被删除"
    if any(row.hash == rows[i].previous for row in rows):
        return "位置不对，记录的顺序被调换过"
    return "与前一条接不上，是后来插入的"


def _first_head(rows: Sequence[AuditEntry], kept: Iterable[AuditHead], key: bytes) -> Break | None:
    hashes = [row.hash for row in rows]
    for head in kept:
        if not is_signed(head, key):
            return Break(None, f"{head.day} 的链头签名不符，链头被改动过或换了签名密钥")
        if head.entries > len(rows):
            return Break(
                None,
                f"{head.day} 的链头说有 {head.entries} 条记录，现在只有 {len(rows)} 条，末尾的记录被删除",
            )
        if head.entries and hashes[head.entries - 1] != head.hash:
            return Break(rows[head.entries - 1].id, f"与 {head.day} 的链头不符，整条链被重新写过")
    return None


def _against(rows: Sequence[AuditEntry], sent: SentHead) -> Break | None:
    """Return how the chain differs from a head that was sent; None when it still holds that entry."""
    if sent.entries is None:
        if any(row.hash.startswith(sent.start) for row in rows):
            return None
        return Break(None, f"没有一条记录的指纹以 {sent.start} 开头，整条链被重新写过，或抄写有误")
    if not 1 <= sent.entries <= len(rows):
        return Break(
            None,
            f"消息说有 {sent.entries} 条记录，现在只有 {len(rows)} 条，末尾的记录被删除，或抄写有误",
        )
    row = rows[sent.entries - 1]
    if row.hash.startswith(sent.start):
        return None
    return Break(
        row.id,
        f"指纹是 {row.hash[:SHOWN]}，与消息里的 {sent.start} 不符，整条链被重新写过，或抄写有误",
    )
