"""The chain covers the facts: whatever a table says otherwise than the chain is named with its place."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import create_engine, event, text
from sqlmodel import SQLModel, func, select

from models.audit.chain import AuditEntry
from models.audit.check import check_chain
from models.audit.facts_kept import BASELINE, KEPT
from models.audit.heads import audit_key
from models.audit.links import read_links
from models.audit.replay import differences, replay
from models.audit.replay_words import in_words
from models.campaign.milestone import Milestone
from models.campaign.progress import Report, register
from models.database import engine_for, open_session, sqlite_file
from models.decisions.decision import Decision
from models.rules.audit.facts import LATER, TABLES
from models.rules.words import Progress
from models.schema import FACTS_SINCE, _free_to_rebuild, migrate, upgrade
from models.servers import with_driver
from models.settings import moment_of, settings
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.deputies.delegating import ToLend, delegate
from tasks.gates.confirming import Vouching, Which, confirm
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.loading import find_plan, load_plan, read_plan
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.models.test_migrations import emptied, fill

MONDAY = date(2025, 7, 21)
CELL = 32_767  # characters that a cell of Excel holds


def faults() -> list[str]:
    with open_session(read_only=True) as session:
        found = check_chain(session, audit_key())
        assert found.broken is None
        return list(found.faults)


def past_the_program(*statements: str) -> None:
    """Change the database as somebody who knows it would, without this program."""
    if file := sqlite_file():
        with closing(sqlite3.connect(file)) as client, client:
            client.execute("PRAGMA foreign_keys=OFF")
            for statement in statements:
                client.execute(statement)
        return
    other = create_engine(with_driver(settings().database))
    with other.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    other.dispose()


@pytest.fixture
def used(campaign, any_database):
    """A campaign in which every kind of fact was written by its own writer."""
    patrol_campaign(campaign, moment_of(NOW, MONDAY))
    with open_session() as session:
        campaign_id = session.exec(select(Milestone.campaign_id)).first()
        for code, unit in (("W5", None), ("W6", None), ("S2.1", None)):
            report = Report(code, Progress.DONE, "创建办", unit, MONDAY)
            register(session, campaign_id, report, moment=moment_of(NOW, MONDAY))
    confirm(
        Which(campaign, "ledgers-out"),
        Vouching("创建办", note="已签收"),
        moment_of(NOW, MONDAY),
    )
    delegate(
        campaign,
        ToLend("组长", "分管领导", MONDAY, date(2025, 8, 1), "创建办"),
        moment_of(NOW, MONDAY),
    )
    ask_by_hand(campaign, 2, "创建办", moment_of(NOW, MONDAY))
    return campaign


def test_what_the_program_writes_is_what_the_chain_says(used):
    assert faults() == []
    load_plan(
        read_plan(find_plan("jinchang-2025")),
        slug=used,
        start=date(2025, 7, 1),
        moment=moment_of(NOW, TODAY),
    )
    patrol_campaign(used, moment_of(NOW, date(2025, 8, 4)))
    assert faults() == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE stage SET status = 'closed' WHERE ordinal = 2",
            "第 2 阶段“实施推进”的状态：第 {} 条记录里是“待审批”，表里是“已结束”，被改动过",
        ),
        ("UPDATE stage SET original_end = '2026-01-01' WHERE ordinal = 3", "的原定结束日：第"),
        ("UPDATE milestone SET due = '2026-01-01' WHERE code = 'W5'", "节点 W5“"),
        ("UPDATE milestone SET original_due = NULL WHERE code = 'W5'", "表里是（空），被改动过"),
        ("UPDATE milestone SET by_post = '别人' WHERE code = 'W6'", "的登记人：第"),
        ("UPDATE assignment SET state = 'open' WHERE state = 'done'", "的状态：第"),
        ("UPDATE decision SET asked_by = '别人' WHERE id = 1", "审批 1的提请人：第"),
        ("UPDATE decision SET answered_by = '组长', status = 'answered'", "表里是“已决定”"),
        ("UPDATE asked_post SET answer = 'approve' WHERE id = 1", "审批对象“组长”的答复"),
        ("DELETE FROM transition WHERE id = 1", "条记录里有，表里没有，被删除"),
        ("UPDATE transition SET decided_by = '别人' WHERE id = 1", "的决定人：第"),
        ("UPDATE delegation SET last = '2027-01-01'", "审批委托“组长→分管领导”的结束日"),
        ("UPDATE confirmation SET by_post = '组长'", "条件确认 1的确认人"),
        ("DELETE FROM confirmation", "条件确认 1：第"),
        ("UPDATE campaign SET plan_json = '{{}}'", "的方案内容：第"),
        (
            "INSERT INTO transition SELECT 99, campaign_id, stage_id, from_status, to_status, day, at,"
            " decided_by, reason, obstacles, audit_id FROM transition WHERE id = 1",
            "表里有，记录链里没有，不是经本系统写入的",
        ),
    ],
)
@pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)
def test_what_was_changed_past_the_program_is_named_with_its_place(used, statement, words):
    past_the_program(statement.replace("{{}}", "{}"))

    found = "\n".join(faults())
    assert all(part in found for part in words.split("{}")), found


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_the_same_holds_on_postgresql(used):
    past_the_program(
        "UPDATE stage SET status = 'closed' WHERE ordinal = 2",
        "UPDATE stage SET original_end = '2026-01-01' WHERE ordinal = 3",
        "UPDATE decision SET asked_by = '别人' WHERE id = 1",
        "DELETE FROM transition WHERE id = 1",
    )

    found = faults()
    assert len(found) == 4
    for words in ("的状态", "的原定结束日", "的提请人", "被删除"):
        assert any(words in line for line in found)


def test_a_later_writing_of_the_same_row_does_not_cover_up_what_was_changed(used):
    past_the_program("UPDATE milestone SET original_due = '2030-01-01' WHERE code = 'W5'")
    with open_session() as session:
        campaign_id = session.exec(select(Milestone.campaign_id)).first()
        report = Report("W5", Progress.STARTED, "创建办")
        register(session, campaign_id, report, moment=moment_of(NOW, MONDAY))

    [line] = faults()
    assert "的原定截止日期" in line
    assert "“2030-01-01”" in line


@pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)
def test_every_difference_is_named_until_there_are_too_many(used):
    past_the_program("UPDATE milestone SET due = '2031-01-01' WHERE code <> 'W5'")

    found = faults()
    assert len(found) == 51
    assert found[-1].startswith("另有 ")


@pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)
def test_what_is_taken_back_is_not_in_the_chain(used):
    with pytest.raises(RuntimeError), open_session() as session:
        session.exec(select(Milestone)).first().note = "没有提交"
        session.flush()
        raise RuntimeError
    with open_session(preview=True) as session:
        session.exec(select(Milestone)).first().note = "只是预览"
    with open_session() as session:
        before = len(session.exec(select(AuditEntry.id)).all())
    with open_session() as session:
        session.exec(select(Decision)).first().run_closed = True  # no fact
        session.exec(select(Milestone)).first().note = ""

    assert faults() == []
    with open_session() as session:
        assert len(session.exec(select(AuditEntry.id)).all()) == before


def test_kept_rows_stand_under_whoever_wrote_and_fit_a_cell(used):
    with open_session() as session:
        rows = session.exec(select(AuditEntry).where(AuditEntry.what == KEPT)).all()
        assert {row.who for row in rows} >= {"操作员", "按方案计划", "创建办"}
        assert max(len(row.facts) for row in rows) <= CELL


def test_rows_with_long_texts_are_kept_in_entries_that_fit_a_cell_and_are_replayed(used):
    with open_session() as session:
        [before] = session.exec(select(func.max(AuditEntry.id)))
        for milestone in session.exec(select(Milestone)):
            milestone.note = f"{milestone.code}：" + "材料已经报送，等待市里回复。" * 120
    with open_session(read_only=True) as session:
        query = select(AuditEntry.facts).where(AuditEntry.id > before, AuditEntry.what == KEPT)
        kept = session.exec(query).all()

    assert len(kept) > 1
    assert max(map(len, kept)) <= CELL
    assert faults() == []


def accused() -> list[str]:
    with open_session(read_only=True) as session:
        connection = session.connection()
        return in_words(connection, differences(connection, replay(read_links(session))))


@ON_BOTH
def test_a_database_from_before_gets_a_baseline_and_is_not_accused(database_of_before):
    """What the chain knew by then named no rows; what is changed afterwards shows all the same."""
    assert upgrade(NOW) == "0007"

    assert FACTS_SINCE == "0008"
    assert accused() == []
    with open_session(read_only=True) as session:
        assert session.exec(select(AuditEntry.id).where(AuditEntry.what == BASELINE)).all()
    past_the_program("UPDATE stage SET status = 'closed' WHERE id = 2")
    [line] = accused()
    assert "的状态" in line


@pytest.fixture
def database_of_before(any_database):
    """Rows in every table, of the version before the chain covered facts."""
    with engine_for(settings().database).connect() as connection, _free_to_rebuild(connection):
        emptied(connection)
        migrate(connection, "0007")
        fill(connection)
        connection.commit()
    engine_for(settings().database).dispose()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_replay_knows_every_column_of_the_tables_of_facts(table):
    """A new column: give it its word in models.rules.audit.facts, and LATER what rows of before have in it."""
    columns = {c.name for c in SQLModel.metadata.tables[table.name].columns} - {"id"}

    assert set(table.columns) | table.left_out == columns
    assert not set(table.columns) & table.left_out
    for name, column in LATER:
        assert column in next(one.columns for one in TABLES if one.name == name)


@pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)
def test_a_check_asks_as_often_however_much_there_is(used):
    def asked() -> int:
        said: list[str] = []
        engine = engine_for(settings().database)

        def keep(_connection, _cursor, statement, *_rest):
            said.append(statement)

        event.listen(engine, "before_cursor_execute", keep)
        faults()
        event.remove(engine, "before_cursor_execute", keep)
        return len(said)

    few = asked()
    load_plan(
        read_plan(find_plan("jinchang-2025")),
        slug="second",
        start=None,
        moment=moment_of(NOW, TODAY),
    )
    assert asked() == few
    assert few <= len(TABLES) + 5


def test_what_a_session_of_its_own_writes_through_the_engine_is_no_tampering_either(used):
    """A flow's own session, text and core: the triggers note it, whoever wrote it."""
    with open_session() as session:
        session.connection().execute(text("UPDATE milestone SET note = '改' WHERE code = 'W7'"))

    assert faults() == []
    with open_session(read_only=True) as session:
        last = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (last.who, last.what) == ("系统", KEPT)
        assert abs(last.at - datetime.now(UTC)) < timedelta(minutes=5)
