"""Where a database may move to: a PostgreSQL by its address, a SQLite file by its path."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from models.backup.server import is_empty, room_fault
from models.backup.state import ARRIVING, MOVED, Mark, mark_of
from models.database import engine_for, sqlite_file
from models.errors import DatabaseError
from models.misfit import revision_of
from models.rules.out_of_reach import is_refused, why_out_of_reach
from models.servers import server_fault
from models.settings import DATABASES, settings

SERVER = tuple(one for one in DATABASES if not one.startswith("sqlite"))
BY_OTHER_WAYS = (
    "口令不能写在命令里（这台电脑上谁都看得到）：地址只写 postgresql://用户@主机/库名，"
    "口令用 --ask-password 当场输入，或用 --password-file 文件（一行，只有自己能读）"
)
NO_ADDRESS = (
    "写的不是数据库的地址，应为 postgresql://用户@主机/库名，或搬回用的文件，如 var/shifan.db"
)
# Whoever asks sees of every session its database, its user and its number; what works for the server
# itself (autovacuum) is no user's. openGauss has no column for its kind.
_OTHERS = """SELECT usename, count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND usename IS NOT NULL AND pid <> pg_backend_pid() GROUP BY usename ORDER BY usename"""
_GOES = 3  # seconds in which a connection that was closed is gone on the server too


@dataclass(frozen=True, slots=True)
class Destination:
    """A database to move to; ``file`` is None on a server, ``words`` name it without its password."""

    url: str = field(repr=False)
    words: str
    file: Path | None = None

    @property
    def engine(self) -> Engine:
        """Return the engine of the database."""
        return engine_for(self.url)

    @contextmanager
    def looked_at(self) -> Iterator[Connection]:
        """Yield a connection that only reads; afterwards nobody has the database open."""
        try:
            with self.engine.execution_options(read_only=True).begin() as connection:
                yield connection
        finally:
            self.engine.dispose()


def destination_of(typed: str, password: str | None = None) -> Destination:
    """Return where ``typed`` leads; raises DatabaseError for what is no address, or holds a password."""
    if not typed.startswith(SERVER):
        if scheme := typed.partition("://")[1]:
            holds_one = re.search(f"{scheme}[^/@]*:[^/]*@", typed)
            raise DatabaseError(BY_OTHER_WAYS if holds_one else NO_ADDRESS)
        path = _path(typed)
        return Destination(f"sqlite:///{path}", str(path), path)
    try:
        url = make_url(typed)
    except (SQLAlchemyError, ValueError):
        raise DatabaseError(NO_ADDRESS) from None
    if url.password or "password" in url.query:
        raise DatabaseError(BY_OTHER_WAYS)
    if not url.database:
        raise DatabaseError(NO_ADDRESS)
    with_it = url.set(password=password) if password else url
    return Destination(with_it.render_as_string(hide_password=False), _words(url))


def _path(typed: str) -> Path:
    """Return the one name of a file, however it was written: from here, from one's own folder, by a link."""
    try:
        return Path(typed).expanduser().resolve()
    except (OSError, RuntimeError, ValueError):  # nobody's folder, a link to itself
        raise DatabaseError(NO_ADDRESS) from None


def _words(url: URL) -> str:
    """Return what names a database on a server, and gives no password away."""
    user = f"{url.username}@" if url.username else ""
    port = f":{url.port}" if url.port else ""
    return f"{url.drivername.partition('+')[0]}://{user}{url.host or '本机'}{port}/{url.database}"


def faults_of(to: Destination, identity: str) -> list[str]:
    """Return a line for each thing that stands in the way of moving the database ``identity`` there."""
    if to.file is None:
        return _of_server(to, identity)
    if sqlite_file():
        return [
            "两边都是 SQLite 文件，不必搬：另存一份请用 shifan db backup，换电脑请把 var/ 整个拷走"
        ]
    faults = []
    if to.file.exists() and not may_be_replaced(to, identity):
        faults.append(f"{to.file} 已经存在，不是搬走以前的那个库，不会覆盖；请改名，或换一个文件名")
    if not to.file.parent.is_dir():
        faults.append(f"找不到文件夹 {to.file.parent}")
    elif fault := room_fault(engine_for(settings().database), to.file.parent):
        faults.append(fault)
    return faults


def _of_server(to: Destination, identity: str) -> list[str]:
    try:
        with to.looked_at() as connection:
            if fault := server_fault(connection):
                return [fault]
            if is_empty(connection) or arriving(connection, identity):
                return []
            if revision_of(connection) is None:
                return [f"{to.words} 里已有别的表，请给一个空的库"]
            return [f"{to.words} 里已有 Shifan 的数据，不会覆盖；请给一个空的库"]
    except SQLAlchemyError as error:
        return [out_of_reach(to, error)]


def out_of_reach(to: Destination, error: SQLAlchemyError) -> str:
    """Return in words why a server did not let us in; what it says itself is not for an office."""
    said = str(error)
    given = "；口令用 --ask-password 或 --password-file 给" if is_refused(said) else ""
    return f"连不上 {to.words}：{why_out_of_reach(said)}{given}"


def arriving(connection: Connection, identity: str) -> bool:
    """Say whether the database ``identity`` was on its way there, and never lived there."""
    if not inspect(connection).has_table("database_state"):
        return False
    mark = mark_of(connection)
    return (mark.identity, mark.copy) == (identity, ARRIVING)


def may_be_replaced(to: Destination, identity: str) -> bool:
    """Say whether a file is the same database, moved away from there or not arrived yet."""
    try:
        with to.looked_at() as connection:
            mark = mark_of(connection)
    except (SQLAlchemyError, DatabaseError):
        return False
    return mark.identity == identity and mark.copy in (MOVED, ARRIVING)


def mark_at(to: Destination) -> Mark:
    """Return the mark of the database there; an empty one where there is none."""
    if to.file and not to.file.exists():
        return Mark()
    with to.looked_at() as connection:
        there = inspect(connection).has_table("database_state")
        return mark_of(connection) if there else Mark()


def connected() -> str:
    """Return who else is connected to the office's database on a server, in words; our own are closed first.

    Every user of the server is seen, by name and number of connections. A file has none that could write
    on: it is locked.
    """
    if sqlite_file():
        return ""
    engine = engine_for(settings().database)
    engine.dispose()
    with engine.connect() as connection:
        for _ in range(_GOES * 10):
            if not (others := connection.execute(text(_OTHERS)).all()):
                break
            connection.rollback()  # what is seen of others stays the same in a transaction
            time.sleep(0.1)
        return "、".join(f"{user} {count} 个" for user, count in others)


def office_words() -> str:
    """Return in words which database the office has now, without a password."""
    file = sqlite_file()
    return (
        str(file)
        if file
        else make_url(settings().database).set(query={}, password=None).render_as_string()
    )
