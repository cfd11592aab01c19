"""The servers that speak PostgreSQL's protocol: how SQLAlchemy finds them, and whether ours may be kept there."""

from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.dialects import registry

from models.errors import DatabaseError
from models.rules.servers import SCHEMES, UNICODE, fault_of, server_of

# What it is, whether it takes '' for NULL, what it calls its mode, by whichever name, and its letters.
_ASK = text("""
    SELECT version(), CASE WHEN '' IS NULL THEN 1 ELSE 0 END,
           (SELECT max(setting) FROM pg_settings WHERE name IN ('sql_compatibility', 'database_mode')),
           (SELECT max(setting) FROM pg_settings WHERE name = 'server_encoding')""")
_DIALECTS = {
    "kingbase": "Kingbase",
    "kingbase.ksycopg2": "Kingbase",
    "opengauss": "OpenGauss",
    "opengauss.psycopg": "OpenGauss",
    "opengauss.psycopg2": "OpenGaussPsycopg2",
}


def with_driver(url: str) -> str:
    """Name our PostgreSQL driver, so that an office writes the URL as everybody does.

    Our own dialects are known from here on, and none of them is imported before its URL is used.
    """
    for name, kind in _DIALECTS.items():
        registry.register(name, "models.dialects", kind)
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def stand_in_line(raw: Any, seconds: float) -> None:
    """Let a connection wait so long for a lock, then give up; 0, and where nobody says it, waits for ever.

    openGauss has no such setting and is left as its administrator set it.
    """
    known = "SELECT 1 FROM pg_settings WHERE name = 'lock_timeout'"
    with raw.cursor() as cursor:
        cursor.execute(
            f"SELECT set_config('lock_timeout', '{seconds * 1000:.0f}', false) WHERE EXISTS ({known})"
        )


def wrong_address(said: str) -> str:
    """Return in one line that the settings' URL begins as another server's than the one that ``said`` this."""
    known = server_of(said)
    if known is None:
        return fault_of(said, "", empty_is_null=False)
    begins = SCHEMES.get(known.server, "postgresql://")
    return f"这个数据库是 {known.server}，请把 SHIFAN_DATABASE_URL 的开头写成 {begins}"


def server_fault(connection: Connection) -> str:
    """Return in one line why the database of ``connection`` is not to be used, and what to do; empty where it is.

    One statement that reads nothing of ours; SQLite is asked nothing.
    """
    if connection.dialect.name == "sqlite":
        return ""
    said, empty_is_null, mode, letters = connection.execute(_ASK).one()
    mode, letters = str(mode or ""), str(letters or UNICODE)
    return fault_of(str(said), mode, empty_is_null=bool(empty_is_null), letters=letters)


def server_name(connection: Connection) -> str:
    """Return which database it is, as an office calls it, with its version."""
    if connection.dialect.name == "sqlite":
        return "SQLite"
    said = str(connection.execute(text("SELECT version()")).scalar())
    known = server_of(said)
    return f"{known.server} {'.'.join(map(str, known.version))}" if known else said[:60]


def require_taken(connection: Connection) -> None:
    """Raise DatabaseError for a database that would take our facts for others than they are."""
    if fault := server_fault(connection):
        raise DatabaseError(fault)


def fault_of_server(engine: Engine) -> str:
    """Return what `server_fault` says of the database of ``engine``."""
    with engine.execution_options(read_only=True).begin() as connection:
        return server_fault(connection)
