"""Backups of a SQLite database: is a file one, what is in it, and how it takes the present one's place."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from sqlmodel import Session

from models.audit.heads_file import HEADS_FILE, last_line
from models.audit.links import Link, every_entry, links_of
from models.backup.pairing import log_of, require_pair
from models.backup.state import LIVE, READ, Mark, mark_of, read_mark, set_mark
from models.database import engine_for, open_session
from models.errors import DatabaseError, NotFoundError
from models.files.disk_words import reason_of
from models.files.home import home
from models.misfit import misfit
from models.schema import REVISION, bring_up, copy_marked, known_versions

MAGIC = b"SQLite format 3\0"
_OURS = {"alembic_version", "campaign", "audit_entry"}
_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class Present:
    """The database that is in use now; ``chain`` is None where it cannot be read, or there is none."""

    chain: Sequence[Link] | None = None
    mark: Mark = Mark()


def digest_of(file: Path) -> tuple[str, bytes]:
    """Return the SHA-256 of a file and how it begins; raises NotFoundError where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as source:
            magic = source.read(len(MAGIC))
            source.seek(0)
            while part := source.read(_PART):
                digest.update(part)
    except OSError as error:
        raise NotFoundError(f"备份文件 {file} 打不开（{reason_of(error)}）") from None
    return digest.hexdigest(), magic


def take_in(file: Path, staging: Path) -> str:
    """Copy the backup ``file`` to ``staging`` and check it; return its SHA-256.

    Raises NotFoundError or DatabaseError in one line for what is no whole backup of ours.
    """
    digest, magic = digest_of(file)
    if magic != MAGIC:
        raise DatabaseError(f"{file} 不是 Shifan 的数据库备份，没有恢复")
    require_pair(file)
    lone = not log_of(file).exists()
    uri = f"file:{quote(str(file.absolute()))}?mode=ro" + ("&immutable=1" if lone else "")
    try:
        with (
            closing(sqlite3.connect(uri, uri=True)) as source_db,
            closing(sqlite3.connect(staging)) as copy,
        ):
            source_db.backup(copy)
            fault = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            names = {row[0] for row in copy.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"备份 {file} 有损坏（{error}），没有恢复") from None
    if fault != "ok":
        raise DatabaseError(f"备份 {file} 有损坏（{fault}），没有恢复")
    if not names >= _OURS:
        raise DatabaseError(f"{file} 是数据库，但不是 Shifan 的，没有恢复")
    return digest


def version_of(path: Path) -> str:
    """Return the schema's version of a database; raises DatabaseError for one this code does not know."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    version = str(found[0]) if found else ""
    if version not in known_versions():
        raise DatabaseError(
            f"备份的数据库版本是 {version or '空'}，这个程序（{REVISION}）不认识，请换用新版程序再恢复"
        )
    return version


def look_at(path: Path) -> Present:
    """Return what the present database holds, all of it folded into the one file.

    Raises DatabaseError where another program has it open.
    """
    try:
        require_pair(path)
        if not path.exists():
            return Present()
        with closing(sqlite3.connect(path, timeout=5)) as connection:
            columns = {row[1] for row in connection.execute("PRAGMA table_info(audit_entry)")}
            rows = links_of(connection.execute(every_entry(columns)))
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            try:
                mark = read_mark(connection.execute(READ).fetchone()[0])
            except sqlite3.OperationalError:  # from before there were marks
                mark = Mark()
    except DatabaseError:
        return Present()
    except sqlite3.DatabaseError as error:
        if "locked" in str(error) or "busy" in str(error):
            busy = 1
        else:
            return Present()
    if busy:
        raise DatabaseError("数据库正被别的程序使用，请等它结束、关闭后再恢复；什么都没有改动")
    return Present(rows, mark)


@contextmanager
def brought_up(copy: Path, before: str, now: datetime) -> Iterator[Session]:
    """Yield a session on ``copy``, brought up from the version ``before``; afterwards nobody has it open.

    Raises DatabaseError for one that is not what ``before`` says it is.
    """
    url = f"sqlite:///{copy}"
    try:
        if before != REVISION:
            bring_up(engine_for(url), before, now)
        elif fault := misfit(engine_for(url)):
            raise DatabaseError(f"这份备份不能用，没有恢复，什么都没有改动：{fault}")
        with open_session(url=url) as session:
            yield session
    finally:
        engine_for(url).dispose()


def keep_aside(path: Path, target: Path, *, whole: bool) -> None:
    """Keep the present database as ``target``; one that cannot be read as the bytes it is, and its log."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if whole:
        copy_marked(path, target)
        return
    shutil.copyfile(path, target)
    if log_of(path).exists():  # under a name that SQLite takes for no log
        shutil.copyfile(log_of(path), target.with_name(target.name + ".left-over-log"))


def put_aside(path: Path, now: datetime) -> Path | None:
    """Put a database file that is not in use any more into `backups/`; return where to, None without one."""
    if not path.exists():
        return None
    kept = home() / "backups" / f"before-move-{now:%Y%m%d-%H%M%S}.db"
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    except sqlite3.OperationalError:
        raise DatabaseError(
            f"{path} 正被别的程序使用，请等它结束再运行一次；原来的库照旧使用"
        ) from None
    shutil.move(path, kept)
    return kept


def put_in_place(staging: Path, path: Path, mark: Mark, *, whole: bool) -> None:
    """Make what is in ``staging`` the database ``path``, under ``mark``; killed anywhere, it is the one or the other.

    A whole database is written over in one transaction of its own, so whoever has it open sees the
    change. Any other is replaced; a log that a kill leaves beside it then is not its own, and noticed.
    """
    with closing(sqlite3.connect(staging)) as source:
        source.execute("PRAGMA journal_mode=DELETE")
        with source:
            set_mark(source, mark)
        if whole:
            with closing(sqlite3.connect(path, timeout=30)) as target:
                source.backup(target)
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
    staging.replace(path)
    for name in ("-wal", "-shm"):
        path.with_name(path.name + name).unlink(missing_ok=True)


def take_over_mark(session: Session, present: Mark) -> Mark:
    """Give a restored database the mark that follows the ``present`` one's, where there is one; return it.

    Nothing restored stands behind the last head.
    """
    latest = int(last_line(home() / HEADS_FILE).get("counter", 0))
    own = mark_of(session.connection())
    mark = Mark(own.identity, LIVE, max(own.counter, latest) + 1)
    if present.identity:
        mark = Mark(present.identity, LIVE, present.counter + 1)
    set_mark(session.connection().connection.dbapi_connection, mark)
    return mark
