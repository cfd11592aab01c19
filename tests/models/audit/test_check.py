"""The chain: what cannot be done to it, and what is found when somebody does it all the same."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from models.audit.chain import AuditEntry, NewEntry, record, seal
from models.audit.check import check_chain
from models.audit.facts_kept import KEPT
from models.audit.heads import current_head, keep_head, kept_heads
from models.audit.protection import put_protection_back
from models.backup.restores import RESTORED
from models.backup.same_state import state_fault
from models.database import open_session
from models.settings import moment_of
from models.settings import settings as configured
from tests.conftest import NOW, TODAY
from tests.support.registers import unprotect

KEY = b"k" * 32


@pytest.fixture
def chain(any_database):
    """Six entries, and a signed head over them."""
    with open_session() as session:
        for n in range(6):
            record(
                session,
                None,
                moment_of(NOW + timedelta(minutes=n), TODAY),
                NewEntry("创建办", "progress", f"W{n}", {"new": n}),
            )
        keep_head(session, KEY, moment_of(NOW, TODAY))
    return any_database


def broken(*statements, kept=()):
    """Return what a check finds after the statements were run past the protection."""
    with open_session() as session:
        unprotect(session.connection())
        for statement in statements:
            session.connection().execute(text(statement))
        session.flush()
        found = check_chain(session, KEY, kept)
        session.rollback()
    return found


@pytest.mark.parametrize("table", ["audit_entry", "audit_head"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET day = '2020-01-01'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_the_chain(chain, deed, table):
    with pytest.raises(DBAPIError, match="append-only"), open_session() as session:
        session.connection().execute(text(deed.format(table)))


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)  # SQLite has no TRUNCATE
def test_postgresql_refuses_to_empty_it_too(chain):
    with pytest.raises(DBAPIError, match="append-only"), open_session() as session:
        session.connection().execute(text("TRUNCATE audit_entry CASCADE"))


def test_an_untouched_chain_holds(chain):
    with open_session(read_only=True) as session:
        found = check_chain(session, KEY)

    assert (found.broken, found.entries, list(found.warnings)) == (None, 6, [])


@pytest.mark.parametrize(
    ("statement", "entry", "words"),
    [
        ("UPDATE audit_entry SET facts = facts || ' ' WHERE id = 3", 3, "被改动过"),
        ("UPDATE audit_entry SET who = '组长' WHERE id = 3", 3, "被改动过"),
        ("UPDATE audit_entry SET day = '2025-07-02' WHERE id = 3", 3, "被改动过"),
        ("UPDATE audit_entry SET campaign_id = 1 WHERE id = 3", 3, "被改动过"),
        ("UPDATE audit_entry SET hash = 'x' WHERE id = 3", 3, "被改动过"),
        ("DELETE FROM audit_entry WHERE id = 3", 4, "有记录被删除"),
        ("DELETE FROM audit_entry WHERE id = 1", 2, "有记录被删除"),
        ("DELETE FROM audit_entry WHERE id = 6", None, "末尾的记录被删除"),
        ("DELETE FROM audit_entry", None, "末尾的记录被删除"),
        ("UPDATE audit_head SET entries = 5", None, "签名不符"),
    ],
)
def test_the_first_broken_entry_is_named(chain, statement, entry, words):
    if "campaign_id" in statement and chain == "postgresql":
        statement = statement.replace(
            "campaign_id = 1", "subject = 'W9'"
        )  # the foreign key refuses
    if "campaign_id" in statement:
        with open_session() as session:
            session.connection().execute(
                text(
                    "INSERT INTO campaign (id, slug, title, kind, issuer, document_number, is_demo,"
                    " shifted_days, plan_json, loaded_at) VALUES (1, 'x', '', '', '', '', 0, 0, '', '2025-01-01')"
                )
            )
    found = broken(statement)

    assert found.broken is not None
    assert found.broken.entry == entry
    assert words in found.broken.what


def test_an_inserted_entry_is_named(chain):
    found = broken(
        "UPDATE audit_entry SET id = 40 WHERE id = 4",
        """INSERT INTO audit_entry (id, at, day, who, what, subject, facts, previous, hash)
           SELECT 4, at, day, who, what, subject, facts, 'somewhere', 'h' FROM audit_entry WHERE id = 3""",
        "UPDATE audit_entry SET id = 60 WHERE id = 6",
        "UPDATE audit_entry SET id = 50 WHERE id = 5",
    )

    assert found.broken is not None
    assert found.broken.entry == 4


def test_swapped_entries_are_named(chain):
    found = broken(
        "UPDATE audit_entry SET id = 99 WHERE id = 3",
        "UPDATE audit_entry SET id = 3 WHERE id = 4",
        "UPDATE audit_entry SET id = 4 WHERE id = 99",
    )

    assert found.broken is not None
    assert (found.broken.entry, "顺序" in found.broken.what) == (3, True)


def test_a_chain_written_anew_from_the_start_differs_from_the_kept_head(chain):
    with open_session() as session:
        kept = kept_heads(session).heads
        unprotect(session.connection())
        session.connection().execute(text("DELETE FROM audit_entry"))
        session.expunge_all()
        for n in range(6):
            record(session, None, moment_of(NOW, TODAY), NewEntry("改写者", "x", str(n), {}))
        assert check_chain(session, KEY).broken is not None
        session.connection().execute(text("DELETE FROM audit_head"))
        assert check_chain(session, KEY).broken is None  # nothing inside shows it any more
        found = check_chain(session, KEY, kept)  # the head kept elsewhere does
        session.rollback()

    assert found.broken is not None
    assert "重新写过" in found.broken.what


@pytest.mark.parametrize("facts", ["{", "[]", "7", '{"signature":"中"}', '{"signature":"\\ud800"}'])
def test_a_forged_restore_is_named_and_stops_no_check(chain, facts):
    found = broken(
        f"UPDATE audit_entry SET what = '{RESTORED}', facts = '{facts}' WHERE id = 3"  # noqa: S608
    )

    assert found.broken is not None
    assert (found.broken.entry, found.warnings) == (3, [])


@pytest.mark.parametrize("facts", ["{", "[]", '{"kept":7}', '{"kept":[7,{}]}'])
@pytest.mark.parametrize("what", [RESTORED, KEPT])
def test_facts_of_another_shape_that_were_sealed_stop_no_check_either(chain, what, facts):
    with open_session() as session:
        sealed = AuditEntry(
            at=NOW, day=TODAY, who="", what=what, subject="", facts=facts, previous="", hash=""
        )
        [previous] = session.exec(select(AuditEntry.hash).where(AuditEntry.id == 6))
        sealed.previous = previous
        sealed.hash = seal(sealed)
        session.add(sealed)
        assert check_chain(session, KEY).lines == []
        assert state_fault(session.connection()) == ""
        session.rollback()


@pytest.mark.parametrize("change", ["signature = '中'", "hash = '中'"])
def test_a_forged_head_is_named_and_stops_no_check(chain, change):
    found = broken(f"UPDATE audit_head SET {change}")  # noqa: S608

    assert "链头签名不符" in found.broken.line


@pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)  # its columns take anything
@pytest.mark.parametrize(
    "change", ["day = 'xx'", "at = 'xx'", "entries = 'xx'", "signature = x'ff'"]
)
def test_a_head_that_cannot_be_read_is_named_and_stops_no_check(chain, change):
    found = broken(f"UPDATE audit_head SET {change}")  # noqa: S608

    assert "链头表的第 1 行读不出" in found.broken.line


@pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)  # its columns take anything
def test_a_head_is_kept_after_one_that_cannot_be_read(chain):
    with open_session() as session:
        unprotect(session.connection())
        session.connection().execute(text("UPDATE audit_head SET day = 'xx'"))
        assert keep_head(session, KEY, moment_of(NOW, TODAY)).entries == 6
        session.rollback()


def test_a_missing_protection_is_a_fault(chain):
    assert all("不见了" in line for line in broken().faults)
    assert broken().faults


EMPTIED = {
    "sqlite": (
        "DROP TRIGGER audit_entry_no_delete",
        "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT 1; END",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RETURN OLD; END $$""",
    ),
}


def test_a_protection_that_does_nothing_any_more_is_found_by_its_text(chain):
    with open_session() as session:
        for statement in EMPTIED[chain]:
            session.connection().execute(text(statement))
        [*faults] = check_chain(session, KEY).faults
        assert "audit_entry" in faults[0]
        assert "被换过内容" in faults[0]
        assert put_protection_back(session)
        assert check_chain(session, KEY).faults == []
        assert put_protection_back(session) == []


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)  # SQLite's are TEMP
@pytest.mark.parametrize(
    ("statement", "names", "how"),
    [
        ("DROP TRIGGER fact_stage_update ON stage", ["fact_stage_update"], "不见了"),
        ("ALTER TABLE stage DISABLE TRIGGER fact_stage_delete", ["fact_stage_delete"], "停用"),
        (
            """CREATE OR REPLACE FUNCTION fact_stage() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RETURN NULL; END $$""",
            [f"fact_stage_{deed}" for deed in ("insert", "update", "delete")],
            "被换过内容",
        ),
    ],
)
def test_what_notes_the_facts_on_postgresql_is_named_when_gone_and_put_back(
    chain, statement, names, how
):
    with open_session() as session:
        connection = session.connection()
        assert check_chain(session, KEY).faults == []
        connection.execute(text(statement))
        faults = check_chain(session, KEY).faults
        assert len(faults) == len(names)
        for name, fault in zip(names, faults, strict=True):
            assert f"事实表的变动登记 {name} " in fault and how in fault
        assert put_protection_back(session) == names
        assert check_chain(session, KEY).faults == []


REPLACED = """REPLACE INTO audit_entry (id, at, day, who, what, subject, facts, previous, hash)
    SELECT {id}, at, day, '改写者', what, subject, facts, {previous}, {hash}
    FROM audit_entry WHERE id = 3"""


@pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)  # PostgreSQL knows no REPLACE
@pytest.mark.parametrize(
    "statement",
    [
        REPLACED.format(id=3, previous="'p'", hash="'h'"),
        REPLACED.format(id=9, previous="previous", hash="'h'"),
        REPLACED.format(id=9, previous="'p'", hash="hash"),
        REPLACED.format(id=9, previous="'p'", hash="'h'").replace("9,", "3,", 1),
        "REPLACE INTO audit_head SELECT * FROM audit_head",
        "INSERT OR REPLACE INTO audit_head SELECT * FROM audit_head",
        "UPDATE OR REPLACE audit_entry SET id = 3 WHERE id = 4",
    ],
)
def test_a_client_of_somebody_else_replaces_nothing_either(chain, statement):
    with (
        closing(sqlite3.connect(configured().home / "shifan.db")) as client,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        client.execute(statement)


def test_heads_signed_with_another_key_accuse_nobody_of_a_change(chain):
    with open_session() as session:
        record(session, None, moment_of(NOW, TODAY), NewEntry("a", "b", "c", {}))
        keep_head(session, KEY, moment_of(NOW, TODAY))
        found = check_chain(session, b"a new key" * 4).broken

    assert "密钥换过或重做过，不像是改动" in found.what


def test_a_head_is_kept_once_while_nothing_is_added(chain):
    with open_session() as session:
        keep_head(session, KEY, moment_of(NOW + timedelta(days=1), TODAY))
        assert len(kept_heads(session).heads) == 1
        head = current_head(session, KEY, moment_of(NOW, TODAY))
        assert (head.entries, head.last_id) == (6, 6)


COLUMNS = ("at", "day", "who", "what", "subject", "facts", "previous", "hash")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    row=st.integers(1, 6),
    column=st.sampled_from(COLUMNS),
    place=st.integers(0, 200),
    other=st.integers(33, 126),
)
def test_any_change_of_one_byte_is_found(chain, row, column, place, other):
    """On SQLite any byte of the text kept; on PostgreSQL days and instants hold only what they are."""
    with open_session() as session:
        unprotect(session.connection())
        connection = session.connection()
        kept = connection.execute(
            text(f"SELECT CAST({column} AS VARCHAR(500)) FROM audit_entry WHERE id = :row"),
            {"row": row},
        ).scalar_one()
        raw = bytearray(kept.encode())
        place %= len(raw)
        raw[place] = other
        changed = raw.decode("utf-8", errors="replace")
        if changed != kept:
            try:
                with session.begin_nested():
                    cast = {"at": "timestamptz", "day": "date"}.get(column)
                    value = f"CAST(:new AS {cast})" if cast and chain == "postgresql" else ":new"
                    connection.execute(
                        text(f"UPDATE audit_entry SET {column} = {value} WHERE id = :row"),
                        {"new": changed, "row": row},
                    )
                    stored = connection.execute(
                        text(
                            f"SELECT CAST({column} AS VARCHAR(500)) FROM audit_entry WHERE id = :row"
                        ),
                        {"row": row},
                    ).scalar_one()
                    same = stored == kept
            except DBAPIError:
                same = True  # the database refuses such a value
            if not same:
                session.expire_all()
                found = check_chain(session, KEY)
                assert found.broken is not None
                assert found.broken.entry in (row, row + 1, None)
        session.rollback()
    with open_session(read_only=True) as session:
        assert len(session.exec(select(AuditEntry)).all()) == 6
