"""The board is true when it is opened: whatever changes what it shows, the next opening shows it."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from deployments.window import board as handler
from deployments.window.kept import Kept
from models.campaign.progress import Report
from models.campaign.work import Assignment
from models.database import engine_for, open_session
from models.rules.audit.facts import TABLES
from models.rules.decisions.answers import Answer, Said
from models.rules.words import Progress
from models.settings import moment_of, settings
from models.units.unit import Unit
from tasks.campaign.life import close_campaign
from tasks.campaign.progress import register_report
from tasks.campaign.succession import hand_over
from tasks.lists.indicators import load_indicators
from tasks.lists.units import export_units, load_units
from tasks.notices.acknowledging import acknowledge
from tasks.office.holidays import set_one_day
from tasks.patrol.heartbeat import beat
from tasks.patrol.patrol import patrol_all, patrol_campaign
from tasks.plans.loading import Over, find_plan, load_plan, read_plan
from tasks.window.board import board_page
from tests.support.alerts import at
from tests.support.deciding import decide, open_questions
from tests.support.sheets import edited, made, place
from tests.support.windows import Client, account, is_page
from tests.tools.bench_patrol import asked, recorded

LATE = date(2025, 9, 24)
NOW = datetime(2025, 9, 24, 2, 0, tzinfo=UTC)
BEFORE = date(2025, 9, 15)  # a receipt of this day has run out

# What the board reads that is no fact, of which the database itself notes no change, and how it is marked.
MARKED_OTHERWISE = {
    "acknowledgement": "an entry of its own; one that the patrol lets count anew is counted in the mark",
    "audit_entry": "its last hash is the mark",
    "forecast": "the instant that the last one was made is in the mark",
    "forecast_said": "made with the forecast, in one transaction",
    "forecast_line": "made with the forecast, in one transaction",
    "campaign": "when it was loaded says which patrols miss it, and these are in the mark",
    "holiday_year": "an entry of its own",
    "patrol_round": "how far all patrols have come is in the mark",
    "special_day": "an entry of its own",
    "indicator": "the entry of the list or the plan that names it",
    "unit": "the entry of the list or the plan that names it",
    "work_item": "the entry of the plan that names it",
}


def registered(state: Progress, note: str = "", day: date = LATE) -> None:
    register_report("jc", Report("S1.1", state, "创建办", note=note), moment_of(at(day), day))


def received(day: date = LATE) -> None:
    acknowledge("jc", "S1.1", "组长", "", moment=moment_of(at(day), day))


def moved_since_its_receipt() -> None:
    before = date(2025, 9, 22)
    patrol_campaign("jc", moment_of(at(before), before))  # has news of its own
    received(BEFORE)
    registered(Progress.STARTED, "等省厅批复", date(2025, 9, 22))


def patrolled_alone() -> None:
    patrol_campaign("jc", moment_of(at(LATE), LATE))


def patrolled_whole() -> None:
    moment = moment_of(at(LATE, 11), LATE)  # the second of the day
    beat(moment, None, patrol_all(None, LATE, moment.now))


def handed_over() -> None:
    with open_session() as session:
        session.exec(select(Unit).where(Unit.name == "市司法局")).one().retired = True
    hand_over("jc", "市司法局", "市财政局", "创建办", "机构改革", moment_of(NOW))


def units_listed(tmp_path) -> None:
    path = tmp_path / "名册.xlsx"
    export_units("jc", path)

    def rename(book) -> None:
        place(book["单位"], "别名", 单位名称="市司法局").value = "市司法局"
        place(book["单位"], "单位名称", 单位名称="市司法局").value = "市司法和法治局"

    load_units("jc", edited(path, rename), moment=moment_of(NOW))


def indicators_listed(tmp_path, title: str = "按时办结率") -> None:
    head = (
        "编号",
        "级别",
        "上级编号",
        "指标内容",
        "关系",
        "目标值",
        "计量单位",
        "牵头单位",
        "责任单位",
    )
    rows = [
        ["1", 1, "", "政府职能"],
        ["1.1", 2, "1", "营商环境"],
        ["1.1.1", 3, "1.1", title, "≥", "95%", "", "市司法局", "市教育局"],
    ]
    path = made(tmp_path / f"{title}.xlsx", 指标=[["指标与责任分解表"], head, *rows])
    load_indicators("jc", path, moment=moment_of(NOW))
    with open_session() as session:
        for part in session.exec(
            select(Assignment).where(col(Assignment.indicator_id).is_not(None))
        ):
            part.due = date(2025, 5, 1)


def indicator_renamed(tmp_path) -> None:
    indicators_listed(tmp_path, "换了名称的指标")


def plan_loaded() -> None:
    plan = read_plan(find_plan("jinchang-2025"))
    tasks = [plan.tasks[0].model_copy(update={"title": "改了名称的任务"}), *plan.tasks[1:]]
    plan = plan.model_copy(update={"tasks": tasks})
    load_plan(plan, slug="jc", start=None, moment=moment_of(NOW), over=Over(revised=True))


def answered(answer: Answer, until: date | None = None) -> None:
    number = open_questions("jc")[1]
    decide(number, Said(answer, "情况需要", until), LATE)


def day_off() -> None:
    set_one_day(date(2025, 9, 17), "放假", "停水", "创建办", moment_of(NOW))


# Each with what has to be there before, and what is done then.
ACTS: dict[str, tuple[Callable[..., None] | None, Callable[..., None]]] = {
    "progress": (None, lambda: registered(Progress.STARTED, "等省厅批复")),
    "done": (None, lambda: registered(Progress.DONE)),
    "receipt": (None, lambda: received()),
    "a receipt that the patrol of one campaign lets count anew": (
        moved_since_its_receipt,
        patrolled_alone,
    ),
    "a whole patrol": (patrolled_alone, patrolled_whole),
    "stages opened by a patrol": (None, patrolled_alone),
    "postponed": (patrolled_alone, lambda: answered(Answer.POSTPONE, date(2025, 11, 1))),
    "forced": (patrolled_alone, lambda: answered(Answer.FORCE)),
    "ended": (None, lambda: close_campaign("jc", "创建办", "换届", moment_of(NOW))),
    "handed over": (None, handed_over),
    "a day off": (None, day_off),
    "units": (None, units_listed),
    "indicators": (indicators_listed, indicator_renamed),
    "plan": (None, plan_loaded),
}


def shown(office: Client) -> tuple[str, str]:
    """What the board says, and below it how that can be proved."""
    said, _, proof = (
        is_page(office.get("/c/jc")).text.partition("<main")[2].partition("board-proof")
    )
    return said, proof


def _call(act: Callable[..., None], tmp_path) -> None:
    act(*[tmp_path][: act.__code__.co_argcount])


@pytest.fixture
def office(campaign, clock_at) -> Client:
    clock_at(NOW)
    return Client(account(NOW))


@pytest.mark.parametrize("name", ACTS)
def test_what_changes_the_board_is_shown_by_the_next_opening(office, name, tmp_path, monkeypatch):
    prepare, act = ACTS[name]
    if prepare:
        _call(prepare, tmp_path)
    before = shown(office)

    _call(act, tmp_path)

    after = shown(office)
    monkeypatch.setattr(handler, "_KEPT", Kept())
    assert after == shown(office)
    assert (after != before) if name == "a whole patrol" else (after[0] != before[0])


@pytest.mark.sqlite("SQLite tells what a statement reads; the statements are the same")
def test_the_board_reads_nothing_of_which_no_change_moves_its_mark(campaign):
    read: set[tuple[str, str]] = set()

    def note(action, table, column, *_rest):
        if action == sqlite3.SQLITE_READ:
            read.add((table, column))
        return sqlite3.SQLITE_OK

    def watch(connection, *_rest):
        connection.connection.dbapi_connection.set_authorizer(note)

    engine = engine_for(settings().database)
    event.listen(engine, "before_cursor_execute", watch)
    try:
        board_page("jc", LATE)
    finally:
        event.remove(engine, "before_cursor_execute", watch)
        engine.dispose()

    facts = {(table.name, column) for table in TABLES for column in ("id", "", *table.columns)}
    assert {table for table, _ in read - facts} == set(MARKED_OTHERWISE)


def test_a_board_that_stands_costs_four_statements_and_one_that_moved_seven_more(office):
    office.get("/c/jc")
    with recorded() as still:
        office.get("/c/jc")
    registered(Progress.DONE)
    with recorded() as moved:
        office.get("/c/jc")

    assert len(asked(still)) <= 4
    assert len(asked(moved)) <= 4 + 7  # who is there, which campaign, its mark, and what it shows
