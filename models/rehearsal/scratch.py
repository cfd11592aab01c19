"""Make the database of this process quick: what is in it is thrown away, and a power cut may take it."""

from typing import Any

from sqlalchemy import event

from models.database import engine_for
from models.settings import settings


def make_quick() -> None:
    """Let every connection of this process write without waiting for the disk."""
    event.listen(engine_for(settings().database), "connect", _without_waiting)


def _without_waiting(raw: Any, _record: Any) -> None:
    for pragma in ("synchronous = OFF", "cache_size = -64000"):
        raw.execute(f"PRAGMA {pragma}")
