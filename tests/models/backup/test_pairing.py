"""A copy of the database beside a log that is not its own, or in the place of a later one, is noticed."""

import os
import shutil
import signal
import time
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from deployments.cli import run
from models.audit.chain import NewEntry, record
from models.audit.heads_file import HEADS_FILE
from models.backup.pairing import log_of, mark_in, require_pair
from models.backup.same_state import require_same_state
from models.database import engine_for, open_session
from models.schema import REVISION, _free_to_rebuild, keep_copy, migrate
from models.settings import moment_of, settings
from tasks.audit.chain import keep_todays_head
from tests.conftest import NOW, TODAY
from tests.support.forked import begun, forked

pytestmark = pytest.mark.sqlite("a file and the log that lies beside it")


def write(subject: str = "x") -> None:
    with open_session() as session:
        record(session, None, moment_of(NOW, TODAY), NewEntry("a", "b", subject, {}))


def path() -> Path:
    return settings().home / "shifan.db"


def closed() -> bytes:
    """Close the database in good order; return the log as a kill would have left it."""
    log = log_of(path()).read_bytes()
    engine_for(settings().database).dispose()
    engine_for.cache_clear()
    assert not log_of(path()).exists()
    return log


@pytest.fixture(autouse=True)
def own_engine(database):
    yield
    log_of(path()).unlink(missing_ok=True)
    engine_for(settings().database).dispose()
    engine_for.cache_clear()


def put_back(copy: Path, log: bytes) -> None:
    shutil.copy(copy, path())
    log_of(path()).write_bytes(log)


def refused(capsys, *words: str) -> None:
    """Each command says so in one line, and changes nothing."""
    before = path().read_bytes(), log_of(path()).read_bytes() if log_of(path()).exists() else b""
    for command in (["status"], ["audit", "verify"], ["patrol"], ["db", "backup", "x.db"]):
        engine_for.cache_clear()
        assert run(command) == 1
        said = capsys.readouterr().err
        assert said.count("\n") == 1 or command[0] == "audit"  # which names what else is wrong
        assert all(word in said for word in (*words, "shifan db restore"))
    after = path().read_bytes(), log_of(path()).read_bytes() if log_of(path()).exists() else b""
    assert after[0][100:] == before[0][100:]  # the first hundred bytes say how it is opened


def test_a_backup_beside_the_log_of_what_was_there_before_is_not_opened(campaign, tmp_path, capsys):
    write()
    copy = keep_copy(NOW, tmp_path / "copy.db")
    write("later")
    put_back(copy, closed())

    refused(capsys, "不是它的", "shifan.db-wal")


def test_a_plain_copy_of_before_beside_a_later_log_is_not_opened(campaign, tmp_path, capsys):
    write()
    closed()
    shutil.copy(path(), tmp_path / "copy.db")
    write("folded in")
    closed()
    write("only in the log")
    put_back(tmp_path / "copy.db", closed())

    refused(capsys, "不是它的")


def test_a_later_copy_beside_an_earlier_log_is_not_opened(campaign, tmp_path, capsys):
    write()
    log = closed()
    for n in range(3):
        write(str(n))
    closed()
    put_back(shutil.copy(path(), tmp_path / "copy.db"), log)

    refused(capsys, "不是它的")


def test_a_backup_put_in_its_place_by_hand_is_noticed(campaign, tmp_path, capsys):
    copy = keep_copy(NOW, tmp_path / "copy.db")
    closed_with_head()
    shutil.copy(copy, path())

    refused(capsys, "是一份备份的拷贝")


def closed_with_head() -> None:
    write("later")
    keep_todays_head(moment_of(NOW, TODAY))
    closed()


def test_an_earlier_state_put_in_its_place_by_hand_is_noticed(campaign, tmp_path, capsys):
    write()
    closed()
    shutil.copy(path(), tmp_path / "copy.db")
    closed_with_head()
    shutil.copy(tmp_path / "copy.db", path())

    refused(capsys, "较早的或别的状态")


def test_moving_house_with_the_whole_home_is_no_other_state(campaign, tmp_path, monkeypatch):
    closed_with_head()
    shutil.copytree(settings().home, tmp_path / "new")
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "new"))

    with open_session(read_only=True) as session:
        require_same_state(session.connection())
    assert (settings().home / HEADS_FILE).exists()


def writes_for_ever(said: int) -> None:
    """Write entry after entry; say into the pipe ``said`` when the first is there."""
    for n in count(1):
        with open_session() as session:
            record(session, None, moment_of(NOW, TODAY), NewEntry("a", "b", str(n), {}))
        if n == 1:
            os.write(said, b"begun")


def test_a_log_in_use_and_one_left_by_a_kill_are_the_databases_own(campaign):
    engine_for(settings().database).dispose()
    for seconds in (1.5, 0.1):
        heard, said = os.pipe()
        writer = begun(partial(writes_for_ever, said))
        os.close(said)
        assert os.read(heard, 5) == b"begun"
        os.close(heard)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            require_pair(path())
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        assert log_of(path()).stat().st_size
        require_pair(path())
    before = mark_in(path())
    engine_for.cache_clear()
    write()

    engine_for(settings().database).dispose()
    assert mark_in(path()).counter > before.counter
    with open_session(read_only=True) as session:
        require_same_state(session.connection())


def made_and_killed() -> None:
    with engine_for(settings().database).connect() as connection, _free_to_rebuild(connection):
        with connection.begin():
            migrate(connection, REVISION)
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("before", ["", "0007"])
def test_a_database_made_or_upgraded_the_moment_before_a_kill_is_opened(database, before):
    engine_for(settings().database).dispose()
    path().unlink()
    if before:
        with engine_for(settings().database).connect() as connection:
            migrate(connection, before)
            connection.commit()
    engine_for(settings().database).dispose()
    engine_for.cache_clear()
    assert forked(made_and_killed) == -signal.SIGKILL

    assert log_of(path()).stat().st_size
    require_pair(path())
    write()


def test_reading_and_writing_nothing_counts_nothing(campaign):
    def counter() -> int:
        engine_for(settings().database).dispose()
        return mark_in(path()).counter

    write()
    before = counter()
    with open_session(read_only=True) as session:
        require_same_state(session.connection())
    with open_session():
        pass
    assert counter() == before
    write()
    assert counter() == before + 1


def test_what_is_no_database_is_left_to_sqlite(tmp_path):
    (tmp_path / "a.db").write_bytes(b"no database" * 500)
    (tmp_path / "a.db-wal").write_bytes(b"no log" * 500)
    for name in ("a.db", "none.db"):
        require_pair(tmp_path / name)  # raises nothing: SQLite says better what it is

    assert mark_in(tmp_path / "a.db") is None
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.db", "a.db-wal"]
