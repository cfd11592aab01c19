"""Move the database to PostgreSQL, or back into a file: every row compared, the chain checked, an entry written."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.audit.check import check_chain
from models.audit.heads import AuditHead, audit_key, keep_head
from models.audit.heads_file import HEADS_FILE, add_head, heads_in
from models.backup.comparing import MOVE, Compared, compared_with
from models.backup.destination import (
    Destination,
    connected,
    destination_of,
    faults_of,
    mark_at,
    office_words,
)
from models.backup.file import put_aside
from models.backup.moving import (
    arrived,
    bring_to_life,
    brought_there,
    elsewhere,
    head_at,
    held,
    mark_here,
    require_same,
    say_moved,
)
from models.backup.same_state import state_fault
from models.backup.state import LIVE, MOVED
from models.database import engine_for, open_session
from models.errors import DatabaseError
from models.files.home import home
from models.files.whole_file import keep_names
from models.rules.calendar.moment import Moment
from models.schema import REVISION, current_revision
from models.settings import settings

ITSELF = (
    "{} 就是现在用的数据库，和自己没有可比的；要和搬走以前的比，请用搬家以前的 SHIFAN_DATABASE_URL"
    "（从 var/shifan.db 搬来的，去掉这个设置）再运行"
)


@dataclass(frozen=True, slots=True)
class DatabaseMoved:
    """What a move came to: the tables, what the chain has; ``kept`` is the file that stood in its place.

    ``finished`` says that an earlier attempt had brought everything there already.
    """

    to: str
    tables: Sequence[Compared] = ()
    entries: int = 0
    kept: Path | None = None
    finished: bool = False
    warnings: Sequence[str] = ()


def faults_before(typed: str, password: str | None) -> list[str]:
    """Return a line for each thing that stands in the way of a move; nothing is changed."""
    to = destination_of(typed, password)
    found = current_revision(any_state=True)
    if found is None:
        return ["现在的数据库是空的，没有可搬的；请先启动 shifan up 或装入方案"]
    if found != REVISION:
        return [f"现在的数据库是版本 {found} 的，程序是 {REVISION} 的；请先运行 shifan db upgrade"]
    mark = mark_here()
    if mark.copy == MOVED:
        return [fault] if (fault := elsewhere(to, mark)) else []
    with open_session(read_only=True) as session:
        fault = state_fault(session)
    others = connected()
    busy = f"还有别的程序连着现在的数据库（如别的电脑上的 shifan；按数据库的用户数：{others}），请都停下再搬"
    return [*filter(None, [fault, busy if others else ""]), *faults_of(to, mark.identity)]


def move_database(typed: str, by: str, moment: Moment, password: str | None) -> DatabaseMoved:
    """Move the office's database to where ``typed`` leads; afterwards it lives there and nowhere else.

    Everything arrives in one transaction, marked as on its way; the rows of every table are compared, and
    the chain is checked there. Then what it came from says where it went, and only then is the new one
    in use. May be killed anywhere and repeated: there are never two in use. Ask `faults_before` first.
    """
    to = destination_of(typed, password)
    if mark_here().copy == MOVED:
        bring_to_life(to)
        if found := head_at(to):
            add_head(home() / HEADS_FILE, found)
        return DatabaseMoved(to.words, finished=True)
    kept = None
    staged = to if to.file is None else _staged(to, to.file)
    with held() as source:
        with brought_there(source, staged) as (target, tallies):
            tables = arrived(target, tallies)
            require_same(tables)
            entries, warnings, head = _said(source, target, tables, (by, to), moment)
        if to.file and staged.file:
            kept = put_aside(to.file, moment.now)
            staged.file.replace(to.file)
            keep_names(to.file.parent)  # before what it came from says that it is there
        say_moved(source, to)
    engine_for(settings().database).dispose()
    bring_to_life(to)
    add_head(home() / HEADS_FILE, head)
    return DatabaseMoved(to.words, tables, entries, kept, warnings=warnings)


def compare_with(typed: str, password: str | None) -> list[Compared]:
    """Return for each table whether the database there holds what the one in use does; nothing is written."""
    to = destination_of(typed, password)
    here, there = mark_here(), mark_at(to)
    if there.identity != here.identity:
        raise DatabaseError(f"{to.words} 里没有这个数据库搬去的数据，没有可比的")
    if here.copy == there.copy == LIVE:  # two are never in use: it is the same one
        raise DatabaseError(ITSELF.format(to.words))
    return compared_with(to)


def _staged(to: Destination, file: Path) -> Destination:
    """Return the draft beside a file that what moves is written to; one of before is taken away."""
    draft = file.with_name(f".{file.name}.moving")
    for name in ("", "-wal", "-shm"):
        draft.with_name(draft.name + name).unlink(missing_ok=True)
    return replace(to, url=f"sqlite:///{draft}", file=draft)


def _said(
    source: Session,
    target: Session,
    tables: Sequence[Compared],
    who: tuple[str, Destination],
    moment: Moment,
) -> tuple[int, Sequence[str], AuditHead]:
    """Check that the chain holds there as it did here, and append the entry of the move."""
    by, to = who
    key, kept = audit_key(), heads_in(home() / HEADS_FILE, missing_ok=True).heads
    before, checked = check_chain(source, key, kept), check_chain(target, key, kept)
    same = (checked.entries, checked.hash) == (before.entries, before.hash)
    if not same or set(checked.lines) > set(before.lines):
        raise DatabaseError("记录链到了那边核对不上，没有搬；原来的库照旧使用")
    facts = {
        "from": office_words(),
        "to": to.words,
        "rows": sum(one.rows for one in tables),
        "digest": _digest(tables),
    }
    record(target, None, moment, NewEntry(by, MOVE, "数据库", facts))
    head = keep_head(target, key, moment)
    target.expunge(head)
    return checked.entries, before.lines, head


def _digest(tables: Sequence[Compared]) -> str:
    lines = "\n".join(f"{one.table} {one.rows} {one.digest}" for one in tables)
    return hashlib.sha256(lines.encode()).hexdigest()
