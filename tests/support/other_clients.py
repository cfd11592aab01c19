"""Whoever opens the office's database with a tool of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, NullPool, create_engine

from models import database
from models.servers import with_driver
from models.settings import settings
from models.tables import metadata


@contextmanager
def another_client() -> Iterator[Connection]:
    """Yield a connection of which our program knows nothing, on either database; commit at the end."""
    engine = create_engine(with_driver(settings().database), poolclass=NullPool)
    with engine.begin() as connection:
        yield connection


@contextmanager
def held() -> Iterator[None]:
    """Hold the database as somebody does who is about to write and does not end; others read it."""
    with another_client() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(
                "BEGIN IMMEDIATE"
            )  # the driver itself begins none before it writes
        else:
            names = ", ".join(metadata.tables)
            connection.exec_driver_sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
        yield
        connection.exec_driver_sql("ROLLBACK")


@contextmanager
def impatient(monkeypatch: pytest.MonkeyPatch, seconds: float) -> Iterator[None]:
    """Let our program give a database that is held up after a moment, as it does after a while."""

    def connect_anew() -> None:
        database.engine_for(settings().database).dispose()
        database.engine_for.cache_clear()

    with monkeypatch.context() as patch:
        for name in ("BUSY_SECONDS", "IN_LINE_SECONDS"):
            patch.setattr(database, name, seconds)
        connect_anew()
        yield
    connect_anew()
