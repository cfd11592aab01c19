"""The database moves to PostgreSQL and back: every row the same, never two in use, wherever it is killed."""

import os
import signal
import sqlite3

import psycopg
import pytest
from sqlalchemy import insert, text
from sqlmodel import select

from deployments.cli import run
from deployments.service.only_one import only_one
from models.audit.chain import AuditEntry
from models.audit.heads_file import HEADS_FILE, last_line
from models.backup import moving as steps
from models.backup.comparing import MOVE, SEALED
from models.backup.destination import connected
from models.backup.rows import copy_tables, tables_in, tables_now, tally_of
from models.backup.server import is_empty, require_arrived
from models.database import engine_for, in_one_line, open_session
from models.errors import DatabaseError
from models.schema import REVISION, migrate
from models.settings import moment_of, settings
from tasks.audit import moving
from tasks.audit.chain import keep_todays_head
from tests.conftest import NOW, TODAY
from tests.models.backup.test_pairing import own_engine, path, write  # noqa: F401 - the fixture
from tests.models.test_migrations import value_of
from tests.support.databases import drop, make
from tests.support.forked import forked

pytestmark = pytest.mark.sqlite(
    "what moves is an office's file; the server it moves to is there in every run"
)
OWN = "一致，只多了搬家自己的一条记录"
ODD = "一\t二\n三\\四 \\N 😀 'x' \"y\" \x01"


@pytest.fixture
def server(postgresql_server):
    """An empty database on a server; its address."""
    name = "shifan_to_move_to"
    yield make(postgresql_server, name, "template0")
    engine_for.cache_clear()
    drop(postgresql_server, name)


def shut() -> None:
    engine_for(settings().database).dispose()
    engine_for.cache_clear()


def use(patch, url: str) -> None:
    """Let ``url`` be the office's database from now on."""
    shut()
    patch.setenv("SHIFAN_DATABASE_URL", url)


def shifan(capsys, *words: str, code: int = 0) -> str:
    """Run a command as a process of its own would: nothing is open before."""
    shut()
    assert run(list(words)) == code, capsys.readouterr()
    said = capsys.readouterr()
    return said.err if code else said.out


def rows_everywhere() -> None:
    """Put a row of odd values into every table that a hand can write to, past the program."""
    shut()
    with engine_for(settings().database).begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table in tables_in(connection):
            if table.name not in SEALED:
                values = {column.name: odd_value_of(column) for column in table.columns}
                connection.execute(insert(table).values(values))
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    shut()


def odd_value_of(column):
    if any(key.column.table.name in SEALED for key in column.foreign_keys):
        return 1
    words = ODD[: getattr(column.type, "length", None)]
    known = {bytes: bytes(range(256)), float: 0.1 + 0.2, str: words, int: 90_001}
    return known.get(column.type.python_type, value_of(column, 7))


def tallies() -> dict[str, tuple[int, str]]:
    """Return what stands in every table of the database in use, but for what grows by a move."""
    with engine_for(settings().database).execution_options(read_only=True).begin() as connection:
        tables = [table for table in tables_now() if table.name not in SEALED]
        return {table.name: tally_of(connection, table).said for table in tables}


def in_order(patch, *names: str) -> list[str]:
    """Return a list that says which of the steps of a move were done, as they were."""
    done: list[str] = []

    def watched(name: str):
        step = getattr(moving, name)
        return lambda *given: (done.append(name), step(*given))

    for name in names:
        patch.setattr(moving, name, watched(name))
    return done


def test_a_database_moves_to_a_server_and_back(campaign, server, monkeypatch, capsys):
    shifan(capsys, "progress", "set", "W5", "--state", "进行中", "--by", "创建办")
    sent = keep_todays_head(moment_of(NOW, TODAY))
    before, rows = shifan(capsys, "status", "--json"), tallies()

    said = shifan(capsys, "db", "copy", "--to", server, "--by", "创建办")
    assert f"一致：{len(rows) + len(SEALED)} 个表" in said
    assert f"请设 SHIFAN_DATABASE_URL={server}（" in said
    assert "已搬到 postgresql://postgres@本机/shifan_to_move_to" in shifan(capsys, "status", code=1)
    assert shifan(capsys, "db", "copy", "--to", server, "--check").count(OWN) == len(SEALED)

    use(monkeypatch, server)
    assert shifan(capsys, "db", "copy", "--to", str(path()), "--check").count(OWN) == len(SEALED)
    itself = shifan(capsys, "db", "copy", "--to", server, "--check", code=1)
    assert "就是现在用的数据库，和自己没有可比的" in itself
    assert "属实" in shifan(capsys, "audit", "verify", "--sent", sent)
    with open_session(read_only=True) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.what == MOVE)).one()
        assert last_line(settings().home / HEADS_FILE)["last_id"] == entry.id
    assert shifan(capsys, "status", "--json") == before
    assert tallies() == rows
    shifan(capsys, "progress", "set", "W6", "--state", "进行中", "--by", "创建办")
    rows = tallies()

    done = in_order(monkeypatch, "keep_names", "say_moved")
    said = shifan(capsys, "db", "copy", "--to", str(path()), "--by", "创建办")
    assert done == ["keep_names", "say_moved"]  # a power cut between them loses no name
    [kept] = (settings().home / "backups").glob("before-move-*.db")
    assert str(kept) in said
    assert f"已搬到 {path()}" in shifan(capsys, "status", code=1)
    use(monkeypatch, "")
    assert "记录链完整" in shifan(capsys, "audit", "verify")
    assert tallies() == rows
    shifan(capsys, "progress", "set", "W7", "--state", "进行中", "--by", "创建办")


def test_a_difference_is_named_whichever_of_the_two_is_in_use(
    campaign, server, monkeypatch, capsys
):
    shifan(capsys, "db", "copy", "--to", server)
    use(monkeypatch, server)
    old = ("db", "copy", "--to", str(path()), "--check")
    with sqlite3.connect(path()) as by_hand:
        by_hand.execute("UPDATE stage SET name = name || '别' WHERE id = 1")
    said = shifan(capsys, *old, code=1)
    assert "不一致：阶段\n" in said  # and not the chain

    shifan(capsys, "progress", "set", "W5", "--state", "进行中", "--by", "创建办")
    assert "记录链" in shifan(capsys, *old, code=1)  # more than the move's own
    use(monkeypatch, "")
    said = shifan(capsys, "db", "copy", "--to", server, "--check", code=1)
    assert "阶段" in said and "记录链" not in said  # which only grew


def test_every_kind_of_value_arrives_to_the_letter(campaign, server, tmp_path, monkeypatch, capsys):
    rows_everywhere()
    rows = tallies()
    assert all(count for count, _ in rows.values())
    said = shifan(capsys, "db", "copy", "--to", server)
    assert "原来就是这样" in said  # a hand wrote past the program, and that is still said

    use(monkeypatch, server)
    assert tallies() == rows
    shifan(capsys, "db", "copy", "--to", str(tmp_path / "回来.db"))
    use(monkeypatch, f"sqlite:///{tmp_path}/回来.db")
    assert tallies() == rows


class OldCursor(psycopg.Cursor):
    """What a driver of before gives, as Kingbase's does: it knows no COPY by this name."""

    @property
    def copy(self):
        raise AttributeError


def test_a_driver_without_copy_puts_the_same_rows(campaign, server):
    rows_everywhere()
    with (
        engine_for(settings().database).begin() as source,
        engine_for(server).begin() as target,
    ):
        migrate(target, REVISION)
        target.connection.dbapi_connection.cursor_factory = OldCursor
        went = copy_tables(source, target, tables_now())
        require_arrived(target, tables_now(), went)

        there = {table.name: tally_of(target, table).said for table in tables_now()}
        assert there == {name: one.said for name, one in went.items()}
        assert all(one.rows for name, one in went.items() if name not in SEALED)


def killed(server: str, where: object, name: str) -> None:
    """Move in a process of its own that is killed where ``name`` is about to be done."""

    def work() -> None:
        engine_for.cache_clear()
        setattr(where, name, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        run(["db", "copy", "--to", server, "--by", "创建办"])

    shut()
    assert forked(work) == -signal.SIGKILL


def nothing_there(server: str) -> bool:
    with engine_for(server).connect() as connection:
        return is_empty(connection)


@pytest.mark.parametrize(
    ("where", "name", "lives"),
    [
        (steps, "install_on_postgresql", "here"),  # all rows are there, nothing is committed
        (moving, "say_moved", "here"),  # what arrived is committed
        (moving, "bring_to_life", "nowhere"),  # what it came from is marked
    ],
)
def test_killed_anywhere_never_two_are_in_use_and_a_repeat_ends_it(
    campaign, server, monkeypatch, capsys, where, name, lives
):
    write()
    keep_todays_head(moment_of(NOW, TODAY))
    killed(server, where, name)

    shut()
    assert nothing_there(server) == (name == "install_on_postgresql")
    here = run(["status"]) == 0
    with monkeypatch.context() as patch:
        use(patch, server)
        there = not nothing_there(server) and run(["status"]) == 0
    assert (here, there) == (lives == "here", lives == "there")
    capsys.readouterr()
    if lives == "here":
        shifan(capsys, "progress", "set", "W5", "--state", "进行中", "--by", "创建办")

    shifan(capsys, "db", "copy", "--to", server, "--by", "创建办")
    assert "已搬到" in shifan(capsys, "status", code=1)
    use(monkeypatch, server)
    assert "记录链完整" in shifan(capsys, "audit", "verify")
    shifan(capsys, "progress", "set", "W6", "--state", "进行中", "--by", "创建办")


def head_there(url: str) -> str:
    """Return the hash of the last head that a database keeps."""
    last = text("SELECT hash FROM audit_head ORDER BY id DESC LIMIT 1")
    with engine_for(url).begin() as connection:
        found = connection.execute(last).scalar_one()
    engine_for(url).dispose()  # whoever is connected stands in the way of a move
    return found


def test_a_repeat_ends_a_move_however_the_same_place_is_written(
    campaign, server, tmp_path, monkeypatch, capsys
):
    otherwise = server.replace("@/", "@:5432/")
    assert otherwise != server
    write()
    killed(server, moving, "bring_to_life")
    before = last_line(settings().home / HEADS_FILE)

    said = shifan(capsys, "db", "copy", "--to", otherwise)

    assert "上次已经搬完" in said
    head = last_line(settings().home / HEADS_FILE)
    assert head != before and head["hash"] == head_there(server)  # as where nothing was killed
    use(monkeypatch, server)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "那边").symlink_to(tmp_path)
    killed("~/回来.db", moving, "bring_to_life")
    monkeypatch.chdir(tmp_path / "那边")
    said = shifan(capsys, "db", "copy", "--to", "那边/回来.db")

    assert f"已搬到 {tmp_path / '回来.db'}" in said
    assert last_line(settings().home / HEADS_FILE)["hash"] == head_there(
        f"sqlite:///{tmp_path}/回来.db"
    )
    heads = (settings().home / HEADS_FILE).read_bytes()
    assert "上次已经搬完" in shifan(capsys, "db", "copy", "--to", "~/回来.db")
    assert (settings().home / HEADS_FILE).read_bytes() == heads
    use(monkeypatch, f"sqlite:///{tmp_path}/回来.db")
    assert "记录链完整" in shifan(capsys, "audit", "verify")


def test_what_an_earlier_attempt_left_elsewhere_never_comes_to_life(
    campaign, server, tmp_path, monkeypatch, capsys
):
    shifan(capsys, "db", "copy", "--to", server)
    use(monkeypatch, server)
    left, right = tmp_path / "甲.db", tmp_path / "乙.db"
    killed(str(left), moving, "say_moved")
    killed(str(right), moving, "bring_to_life")

    assert f"已搬到 {right}" in shifan(capsys, "db", "copy", "--to", str(left), code=1)
    assert "上次已经搬完" in shifan(capsys, "db", "copy", "--to", str(right))
    assert f"已搬到 {right}" in shifan(capsys, "db", "copy", "--to", str(left), code=1)
    use(monkeypatch, f"sqlite:///{left}")
    assert "还在搬来的路上" in shifan(capsys, "status", code=1)


@pytest.fixture
def user_without_rights(server):
    """Return the address of the server's database for a user who may do no more than enter."""
    with engine_for(server).begin() as connection:
        connection.exec_driver_sql("CREATE ROLE amt LOGIN")
    engine_for(server).dispose()
    yield server.replace("//postgres", "//amt")
    shut()
    with engine_for(server).begin() as connection:
        connection.exec_driver_sql("DROP ROLE amt")


def test_whoever_else_is_connected_is_seen_by_a_user_without_rights(
    user_without_rights, server, database, monkeypatch
):
    use(monkeypatch, user_without_rights)
    own = engine_for(user_without_rights + "&application_name=own")
    with engine_for(server).connect() as one, engine_for(server).connect() as two:
        for connection in (one, two):
            connection.exec_driver_sql("SELECT 1")
        assert connected() == "postgres 2 个"
        with own.connect():
            assert connected() == "amt 1 个、postgres 2 个"
    own.dispose()
    engine_for(server).dispose()
    assert connected() == ""


def test_what_stands_in_the_way_is_said_all_at_once_and_nothing_changes(
    campaign, server, monkeypatch, capsys
):
    with engine_for(server).begin() as connection:
        connection.execute(text("CREATE TABLE anders (x integer)"))
    before = tallies()
    with only_one(settings().home):
        said = shifan(capsys, "db", "copy", "--to", server, code=1)
    assert "shifan up 已在运行" in said
    assert "已有别的表" in said
    assert said.count("\n") == 2
    assert tallies() == before
    with engine_for(server).begin() as connection:
        assert [table.name for table in tables_in(connection)] == ["anders"]


def test_a_server_where_the_user_may_make_no_table_takes_nothing(
    campaign, server, user_without_rights, monkeypatch, capsys
):
    before = tallies()

    said = shifan(capsys, "db", "copy", "--to", user_without_rights, code=1)

    assert "权限不够" in said
    assert said.count("\n") == 1
    assert tallies() == before
    use(monkeypatch, user_without_rights)
    assert "原来有数据的" not in shifan(capsys, "db", "upgrade", code=1)


def test_a_server_that_only_reads_says_so(campaign, server, monkeypatch, capsys):
    shifan(capsys, "db", "copy", "--to", server)
    use(monkeypatch, server + "&options=-c%20default_transaction_read_only%3Don")

    said = shifan(capsys, "holidays", "set", "2026-12-25", "放假", "--by", "创建办", code=1)

    assert "数据库现在只让读" in said
    assert said.count("\n") == 1


def test_an_empty_database_in_place_of_the_one_in_use_is_left_empty(
    campaign, server, monkeypatch, capsys
):
    shifan(capsys, "audit", "head")
    use(monkeypatch, server)
    for words in (("status",), ("db", "upgrade"), ("plan", "load", "zengdu-2023")):
        said = shifan(capsys, *words, code=1)
        assert "现在的数据库是空的" in said
        assert said.count("\n") == 1
    with engine_for(server).begin() as connection:
        assert tables_in(connection) == []


def test_a_database_in_other_letters_is_refused_before_anything_moves(
    campaign, postgresql_server, capsys
):
    letters = "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
    there = make(postgresql_server, "shifan_ascii", f"template0 {letters}")
    try:
        said = shifan(capsys, "db", "copy", "--to", there, code=1)
    finally:
        shut()
        drop(postgresql_server, "shifan_ascii")

    assert "字符集是 SQL_ASCII" in said
    assert said.count("\n") == 1


def test_a_campaign_on_a_server_is_never_written_over(campaign, server, tmp_path, capsys):
    shifan(capsys, "db", "backup", str(tmp_path / "备份.db"))
    shifan(capsys, "db", "copy", "--to", server)
    path().unlink()
    shifan(capsys, "db", "restore", str(tmp_path / "备份.db"))

    assert "已有 Shifan 的数据" in shifan(capsys, "db", "copy", "--to", server, code=1)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("postgresql://u:geheim@10.0.0.1/shifan", "口令不能写在命令里"),
        ("postgresql://u@10.0.0.1/shifan?password=geheim", "口令不能写在命令里"),
        ("mysql://u:geheim@10.0.0.1/shifan", "口令不能写在命令里"),
        ("mysql://u@10.0.0.1/shifan", "不是数据库的地址"),
        ("mysql://u@10.0.0.1:3306/shifan", "不是数据库的地址"),
        (
            "postgresql://u@127.0.0.1:1/shifan?connect_timeout=2",
            "连不上 postgresql://u@127.0.0.1:1/shifan",
        ),
        ("别处.db", "不必搬"),
    ],
)
def test_an_address_that_is_none_is_refused_without_a_secret(campaign, capsys, typed, words):
    said = shifan(capsys, "db", "copy", "--to", typed, code=1)

    assert words in said
    assert "geheim" not in said
    assert said.count("\n") == 1


def test_the_password_comes_from_a_file_that_nobody_else_reads(campaign, server, tmp_path, capsys):
    secret = tmp_path / "口令"
    secret.write_text("egal\n", encoding="utf-8")
    secret.chmod(0o644)
    words = ("db", "copy", "--to", server, "--password-file", str(secret))
    assert "别人也能读到" in shifan(capsys, *words, code=1)
    secret.chmod(0o600)
    assert "egal" not in shifan(capsys, *words)


def test_a_database_that_somebody_holds_is_said_to_be_in_use(campaign, server):
    with engine_for(server).begin() as one:
        one.exec_driver_sql("CREATE TABLE held (x integer)")
    with (
        pytest.raises(DatabaseError, match="正被别的程序使用"),
        in_one_line(engine_for(server)),
        engine_for(server).begin() as one,
        engine_for(server).begin() as other,
    ):
        one.exec_driver_sql("LOCK TABLE held")
        other.exec_driver_sql("LOCK TABLE held IN SHARE MODE NOWAIT")


def test_an_older_database_is_upgraded_before_it_moves(campaign, server, capsys):
    with engine_for(settings().database).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0028'"))
    assert "请先运行 shifan db upgrade" in shifan(capsys, "db", "copy", "--to", server, code=1)
