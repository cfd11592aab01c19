"""Make the database of this process quick: what is in it is thrown away, and a power cut may take it."""

from typing import Any

from sqlalchemy import event

from models.database import engine_for, open_session, run
from models.settings import settings


def make_quick() -> None:
    """Let every connection of this process write without waiting for the disk."""
    event.listen(engine_for(settings().database), "connect", _without_waiting)


def _without_waiting(raw: Any, _record: Any) -> None:
    for pragma in ("synchronous = OFF", "cache_size = -64000"):
        raw.execute(f"PRAGMA {pragma}")


MANY = 5_000  # notices from which it matters how they are looked for


def tell_planner_of_notices(known: int) -> int:
    """Let this process's SQLite look at its notices where they doubled since they were ``known``; return what it knows.

    A walk writes in a minute what takes half a year. The other tables stay as they were, and are planned for
    as everywhere.
    """
    with open_session() as session:
        count = int(run(session, "SELECT count(*) FROM notice").scalar_one())
        if count < max(MANY, 2 * known):
            return known
        run(session, "ANALYZE notice")
        return count
