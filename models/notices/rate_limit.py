"""How fast each robot was spoken to, shared by all processes that send."""

from datetime import UTC, datetime

from sqlalchemy import text
from sqlmodel import Field, Session, SQLModel, col, select

from models.rules.notices.token_bucket import BACK_OFF, CAPACITY, Bucket, pause, take

_FIRST = "INSERT INTO rate_limit (key, taken) VALUES (:key, '') ON CONFLICT (key) DO NOTHING"
_LOCK = "UPDATE rate_limit SET taken = taken WHERE key = :key"


class RateLimit(SQLModel, table=True):
    """The bucket of one robot; ``key`` is a target's fingerprint, never a URL."""

    __tablename__ = "rate_limit"

    key: str = Field(primary_key=True, max_length=64)
    taken: str = ""  # seconds since 1970, oldest first, parted by spaces
    paused_until: datetime | None = None


def take_token(session: Session, key: str, now: datetime, capacity: int = CAPACITY) -> float:
    """Take a token of ``key`` and return 0.0, or take none and return how many seconds to wait.

    Atomic on SQLite and PostgreSQL: the row is locked until the caller's transaction ends, so keep
    that short and send after it.
    """
    row = _locked(session, key)
    bucket, wait = take(_bucket(row), now, capacity)
    _keep(session, row, bucket)
    return wait


def back_off(
    session: Session, key: str, now: datetime, seconds: float = BACK_OFF.total_seconds()
) -> None:
    """Let nobody speak to ``key`` for ``seconds``, because its provider said so."""
    row = _locked(session, key)
    _keep(session, row, pause(_bucket(row), now, seconds))


def _locked(session: Session, key: str) -> RateLimit:
    """Return the row of ``key``, made when missing, locked against every other process.

    The write comes first: SQLite then holds its write lock, PostgreSQL the row's, before we read. An
    INSERT that changes the row it meets would do both at once, and openGauss refuses to change its key.
    """
    session.flush()
    connection = session.connection()
    if not connection.execute(text(_LOCK), {"key": key}).rowcount:
        connection.execute(text(_FIRST), {"key": key})
        connection.execute(text(_LOCK), {"key": key})
    query = select(RateLimit).where(col(RateLimit.key) == key)
    return session.exec(query.execution_options(populate_existing=True)).one()


def _bucket(row: RateLimit) -> Bucket:
    taken = tuple(datetime.fromtimestamp(float(at), UTC) for at in row.taken.split())
    return Bucket(taken, row.paused_until)


def _keep(session: Session, row: RateLimit, bucket: Bucket) -> None:
    row.taken = " ".join(repr(at.timestamp()) for at in bucket.taken)
    row.paused_until = bucket.paused_until
    session.add(row)
    session.flush()
