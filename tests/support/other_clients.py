"""Whoever opens the office's database with a tool of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, NullPool, create_engine

from models.servers import with_driver
from models.settings import settings


@contextmanager
def another_client() -> Iterator[Connection]:
    """Yield a connection of which our program knows nothing, on either database; commit at the end."""
    engine = create_engine(with_driver(settings().database), poolclass=NullPool)
    with engine.begin() as connection:
        yield connection
