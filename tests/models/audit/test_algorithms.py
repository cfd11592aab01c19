"""Each entry bears the name of what it was sealed by: old ones stay as they were, new ones follow the setting."""

import hashlib
import hmac
import json
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlmodel import select

from deployments.cli import run
from models.audit.chain import AuditEntry, NewEntry, canonical, record, record_all
from models.audit.check import check_chain
from models.audit.heads import head_facts, keep_head, kept_heads, sign
from models.audit.heads_file import add_head, heads_in
from models.backup.file import look_at
from models.backup.restores import read_restore
from models.database import engine_for, open_session
from models.hashing import hash_faults, new_hash
from models.schema import REVISION, _free_to_rebuild, migrate
from models.settings import moment_of, settings
from tests.conftest import NOW, TODAY
from tests.models.audit.test_check import KEY, broken
from tests.support.no_sm3 import without_sm3

MOMENT = moment_of(NOW, TODAY)
# As the standard gives it for "abc", GB/T 32905, appendix A.1.
OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def said(n):
    return NewEntry("创建办", "progress", f"W{n}", {"new": n})


@pytest.fixture
def mixed(any_database, monkeypatch):
    """Two entries by SHA-256, then two by SM3, then one by SHA-256 again; a signed head over them."""
    for n, algorithm in enumerate(("sha256", "sha256", "sm3", "sm3", "sha256")):
        monkeypatch.setenv("SHIFAN_HASH", algorithm)
        with open_session() as session:
            record(session, None, MOMENT, said(n))
    with open_session() as session:
        keep_head(session, KEY, MOMENT)
    return any_database


@pytest.fixture
def signed(database, monkeypatch):
    """A chain with a head by SHA-256, then by SM3; a restore that SM3 signs."""
    for n, algorithm in enumerate(("sha256", "sm3")):
        monkeypatch.setenv("SHIFAN_HASH", algorithm)
        with open_session() as session:
            record(session, None, MOMENT, said(n))
            keep_head(session, KEY, MOMENT)
    return database


@pytest.mark.parametrize(("algorithm", "said_as"), [("sha256", "SHA-256"), ("sm3", "SM3")])
def test_whoever_checks_is_told_what_the_last_hash_was_made_by(
    database, monkeypatch, capsys, algorithm, said_as
):
    monkeypatch.setenv("SHIFAN_HASH", algorithm)
    with open_session() as session:
        record(session, None, MOMENT, said(0))

    assert run(["audit", "verify"]) == 0
    assert f"末条指纹（{said_as}）" in capsys.readouterr().out


def test_a_head_s_signature_names_its_algorithm_and_one_of_before_stays_as_it_was(signed):
    with open_session(read_only=True) as session:
        facts = [head_facts(one) for one in kept_heads(session).heads]
        assert check_chain(session, KEY).lines == []

    (plain, over), (named, over_next) = (
        (one.pop("signature"), canonical(one).encode()) for one in facts
    )
    assert plain == hmac.new(KEY, over, "sha256").hexdigest()
    assert named == "hmac-sm3:" + hmac.new(KEY, over_next, "sm3").hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        "signature = substr(signature, 10) WHERE id = 2",  # its name is gone
        "signature = 'hmac-md5:' || substr(signature, 10) WHERE id = 2",
        "signature = 'hmac-sha256:' || substr(signature, 10) WHERE id = 2",
        "signature = 'hmac-sm3:' || signature WHERE id = 1",  # another's name
        "signature = 'hmac-sm3:' WHERE id = 2",
        "entries = 3, signature = signature WHERE id = 2",
    ],
)
def test_a_head_under_another_name_than_its_own_is_named(signed, change):
    found = broken(f"UPDATE audit_head SET {change}")  # noqa: S608

    assert "链头签名不符" in found.broken.line


def test_a_head_by_sm3_is_kept_in_the_file_and_taken_from_there(signed, tmp_path):
    file = tmp_path / "heads"
    with open_session(read_only=True) as session:
        for head in kept_heads(session).heads:
            add_head(file, head)
        read = heads_in(file, missing_ok=False)

        assert check_chain(session, KEY, read.heads).lines == []
    assert [one.signature[:9] == "hmac-sm3:" for one in read.heads] == [False, True]


def test_what_a_restore_says_holds_whatever_it_is_signed_by(signed, monkeypatch):
    for algorithm in ("sm3", "sha256"):
        monkeypatch.setenv("SHIFAN_HASH", algorithm)
        said = canonical({"gone": [], "signature": sign(KEY, {"gone": []})})
        monkeypatch.setenv("SHIFAN_HASH", "sha256")

        assert (("hmac-sm3:" in said), read_restore(said, KEY)) == (
            algorithm == "sm3",
            {"gone": []},
        )
        assert read_restore(said, b"another") is None


def test_sm3_is_the_one_of_the_standard():
    assert new_hash("sm3", b"abc").hexdigest() == OF_ABC


def test_a_chain_that_changes_its_algorithm_on_the_way_holds(mixed):
    with open_session(read_only=True) as session:
        found = check_chain(session, KEY)
        names = [one.algorithm for one in session.exec(select(AuditEntry).order_by(AuditEntry.id))]

    assert (found.lines, found.entries) == ([], 5)
    assert names == ["sha256", "sha256", "sm3", "sm3", "sha256"]


def test_what_an_entry_is_hashed_over_can_be_made_again_by_anybody(mixed):
    with open_session(read_only=True) as session:
        first, _, third, *_ = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
        whats = [
            [one.previous, None, NOW.isoformat(), TODAY.isoformat(), "创建办", "progress"]
            + [one.subject, one.facts]
            for one in (first, third)
        ]
        hashes = first.hash, third.hash

    plain, named = (
        json.dumps(one, ensure_ascii=False).encode() for one in (whats[0], [*whats[1], "sm3"])
    )
    assert hashes == (hashlib.sha256(plain).hexdigest(), hashlib.new("sm3", named).hexdigest())


@pytest.mark.parametrize(
    ("number", "name"),
    [(1, "sm3"), (3, "sha256"), (3, "md5"), (3, ""), (3, "SM3"), (4, "blake2s")],
)
def test_an_entry_under_another_name_than_its_own_is_named(mixed, number, name):
    found = broken(f"UPDATE audit_entry SET algorithm = '{name}' WHERE id = {number}")

    assert (found.broken.entry, found.broken.what[:8]) == (number, "内容与当时的指纹")


def test_an_entry_made_anew_by_the_other_algorithm_does_not_fit_what_follows(mixed):
    with open_session(read_only=True) as session:
        one = session.get(AuditEntry, 3).model_dump()
    content = [one["previous"], None, NOW.isoformat(), TODAY.isoformat(), "组长", "progress", "W2"]
    hash_ = hashlib.sha256(
        json.dumps([*content, one["facts"]], ensure_ascii=False).encode()
    ).hexdigest()

    found = broken(
        f"UPDATE audit_entry SET who = '组长', algorithm = 'sha256', hash = '{hash_}' WHERE id = 3"
    )

    assert (found.broken.entry, "接不上" in found.broken.what) == (4, True)


def test_many_entries_at_once_follow_the_setting_too(any_database, monkeypatch):
    monkeypatch.setenv("SHIFAN_HASH", "sm3")
    with open_session() as session:
        record_all(session, None, MOMENT, map(said, range(3)))

    with open_session(read_only=True) as session:
        assert check_chain(session, KEY).lines == []
        assert set(session.exec(select(AuditEntry.algorithm))) == {"sm3"}


def test_entries_of_before_the_name_was_kept_stay_as_they_were_to_the_byte(database):
    before = [f"W{n}" for n in range(3)]
    with open_session() as session:
        record_all(session, None, MOMENT, map(said, range(3)))
    every = text(
        "SELECT id, campaign_id, at, day, who, what, subject, facts, previous, hash FROM audit_entry"
    )
    with engine_for(settings().database).connect() as connection, _free_to_rebuild(connection):
        rows = connection.execute(every).all()
        connection.execute(text("ALTER TABLE audit_entry DROP COLUMN algorithm"))
        version, (own, earlier) = (
            text("UPDATE alembic_version SET version_num = :v"),
            _own_version(),
        )
        connection.execute(version, {"v": earlier})
        migrate(connection, own)
        connection.execute(version, {"v": REVISION})  # what came later is there
        assert connection.execute(every).all() == rows
        connection.commit()

    with open_session(read_only=True) as session:
        assert check_chain(session, KEY).lines == []
        assert [one.subject for one in session.exec(select(AuditEntry))] == before


def _own_version():
    """Return the version that names each hash, and the one before it."""
    from alembic.script import ScriptDirectory

    from tests.places import ROOT

    scripts = ScriptDirectory(str(ROOT / "models" / "migrations"))
    [own] = [one for one in scripts.walk_revisions() if "name_each_hash" in str(one.path)]
    return own.revision, own.down_revision


@pytest.mark.sqlite("the present database and the backup are files")
def test_a_present_database_of_before_is_read_when_a_backup_takes_its_place(database):
    with open_session() as session:
        record(session, None, MOMENT, said(0))
    path = settings().home / "shifan.db"
    engine_for(settings().database).dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE audit_entry DROP COLUMN algorithm")
        connection.commit()

    [link] = look_at(path).chain

    assert (link.subject, link.algorithm) == ("W0", "sha256")


def test_without_sm3_nothing_is_written_and_nobody_accused(database, monkeypatch, tmp_path):
    monkeypatch.setenv("SHIFAN_HASH", "sm3")
    with open_session() as session:
        record(session, None, MOMENT, said(0))
    shifan = ("-P", "-m", "deployments.cli")

    checked = without_sm3(tmp_path, *shifan, "audit", "verify")
    set_day = ("holidays", "set", "2026-12-25", "放假", "--by", "创建办", "--reason", "通知")
    wrote = without_sm3(tmp_path, *shifan, *set_day)
    faults = without_sm3(
        tmp_path, "-c", "from models.hashing import hash_faults; print(*hash_faults())"
    )

    [line] = checked.stderr.splitlines()
    assert (checked.returncode, line.startswith("第 1 条记录的指纹用 SM3 计算，这台电脑")) == (
        1,
        True,
    )
    assert "有没有改动核对不了" in line
    [line] = wrote.stderr.splitlines()
    assert (wrote.returncode, "不设 SHIFAN_HASH" in line) == (1, True)
    assert "算不了 SM3 指纹" in faults.stdout
    assert hash_faults() == []
