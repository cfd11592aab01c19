"""Ledgers on the second day: killed midway, twice at once, from LibreOffice, units that have changed since."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from models.database import open_session
from models.evidence.intake.received import ReceivedFile
from models.evidence.ledgers.ledger import LedgerConflict
from models.rules.evidence.words import Reception
from models.units.unit import Unit, UnitAlias
from tasks.ledgers.exporting import export_ledgers
from tasks.ledgers.sheets import EARLIER
from tasks.workbook.cells import mark_of
from tests.conftest import ON_BOTH
from tests.support.sheets import place, row_number
from tests.support.soffice import saved_as
from tests.tasks.ledgers.conftest import UNIT, arrived
from tests.tasks.ledgers.test_taking import SHEET, entries, fill, registered

STEPS = ["keep", "store_changes", "store_numbers", "_keep_disagreements", "_record", "hand_pieces"]
KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from models.rules.evidence.words import Via
from models.settings import moment_of
from tasks.intake.arrived import Arrived
from tasks.ledgers import taking

step, path, key = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
now = datetime.fromisoformat(sys.argv[4])
setattr(taking, step, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
file = Arrived(path.name, path.read_bytes(), "", Via.COMMAND, now, key)
taking.take_ledger(None, file, [], moment_of(now, now.date()))
"""


@pytest.mark.parametrize("step", STEPS)
def test_killed_before_any_step_the_same_ledger_is_taken_once(desk, campaign_id, step):
    back = desk.filled(desk.send(), fill("W6", "已完成"))
    before = entries()
    file = arrived(back)
    arguments = [step, str(back), file.key, file.received_at.isoformat()]
    child = subprocess.run(  # noqa: S603
        [sys.executable, "-P", "-c", KILLED, *arguments],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        timeout=120,
    )

    assert child.returncode == -signal.SIGKILL, child.stderr
    # What is registered stands by then; only evidence is still to be handed in.
    whole = step == "hand_pieces"
    assert (entries() > before) == whole
    assert (registered(campaign_id, "W6").state == "done") == whole

    taken = desk.take(back)
    after = entries()

    assert taken.reception is (Reception.REPEATED if whole else Reception.TAKEN)
    assert registered(campaign_id, "W6").state == "done"
    desk.take(back)
    assert entries() == after
    with open_session(read_only=True) as session:
        assert len(session.exec(select(ReceivedFile)).all()) == 1


@ON_BOTH
def test_the_same_ledger_twice_at_once_is_taken_once(desk, campaign_id):
    back = desk.filled(desk.send(), fill("W6", "已完成"))

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(lambda _: desk.take(back), range(2)))

    assert {one.reception for one in taken} == {Reception.TAKEN, Reception.REPEATED}
    assert registered(campaign_id, "W6").state == "done"
    with open_session(read_only=True) as session:
        assert len(session.exec(select(ReceivedFile)).all()) == 1
        assert session.exec(select(LedgerConflict)).all() == []


def test_a_unit_that_was_renamed_since_is_found_by_its_old_name(desk, campaign_id):
    back = desk.filled(desk.send(), fill("W6", "进行中"))
    with open_session() as session:
        unit = session.exec(select(Unit).where(col(Unit.name) == UNIT)).one()
        session.add(UnitAlias(campaign_id=campaign_id, unit_id=unit.id, name=UNIT))
        unit.name = "市司法行政局"

    taken = desk.take(back)

    assert (taken.reception, taken.unit) == (Reception.TAKEN, "市司法行政局")
    assert registered(campaign_id, "W6", "市司法行政局").by_post == "市司法行政局联络员"


def test_rows_that_a_filter_or_a_clerk_hid_are_taken_too(desk, campaign_id):
    def edit(book):
        fill("W6", "进行中")(book)
        page = book[SHEET]
        page.row_dimensions[row_number(page, 编号="W6")].hidden = True
        page.auto_filter.add_filter_column(0, ["W1"])

    taken = desk.take(desk.filled(desk.send(), edit))

    assert "登记 1 处变化" in taken.lines[0]
    assert registered(campaign_id, "W6").state == "started"


def test_what_another_workbook_counted_is_returned_and_the_others_are_taken(desk, campaign_id):
    def edit(book):
        fill("W6", "进行中")(book)
        place(book[SHEET], "状态", 编号="W1").value = "='[别的.xlsx]Sheet1'!A1"

    taken = desk.take(desk.filled(desk.send(), edit))

    assert taken.reception is Reception.PARTLY
    assert registered(campaign_id, "W6").state == "started"
    assert registered(campaign_id, "W1").state == "open"
    assert any("状态" in line and "第 4 行" in line for line in taken.lines)


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], int]:
    """How many statements a call asks of the database."""
    seen: list[int] = []
    real = Session.connection

    def counted(self: Session, *args: object, **more: object) -> object:
        seen.append(1)
        return real(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "connection", counted)

    def during(work: Callable[[], object]) -> int:
        seen.clear()
        work()
        return len(seen)

    return during


def test_many_ledgers_take_as_many_statements_as_one(desk, statements):
    one, every = desk.folder / "一个", desk.folder / "全部"
    desk.send()  # demands are made ready once
    moment = desk.moment()

    of_one = statements(lambda: export_ledgers(None, one, moment, unit="市财政局"))
    of_all = statements(lambda: export_ledgers(None, every, moment))

    assert len(list(every.iterdir())) > 3
    assert of_all <= of_one
    back = [desk.filled(path, _first_started, f"回{path.name}") for path in every.iterdir()]
    taken_one = statements(lambda: desk.take(back[0]))
    taken_all = statements(lambda: desk.take_all(back[1:]))
    assert taken_all <= taken_one


def _first_started(book):
    page = book[SHEET]
    place(page, "状态", 状态="未开始").value = "进行中"


@pytest.mark.office
def test_a_ledger_that_libreoffice_saved_again_says_the_same_and_is_taken(desk, campaign_id):
    sent = desk.send()
    back = desk.filled(sent, fill("W6", "已完成", "2025-06-18", "已报市政府"))

    untouched, filled = saved_as(desk.folder, [sent, back], "xlsx:Calc MS Excel 2007 XML")
    nothing, taken = desk.take(untouched), desk.take(filled)

    assert (nothing.reception, nothing.marked) == (Reception.TAKEN, None)
    assert "登记 0 处变化" in nothing.lines[0]
    assert len(nothing.lines) == 1
    assert "登记 1 处变化" in taken.lines[0]
    part = registered(campaign_id, "W6")
    assert (part.state, str(part.done_on), part.note) == ("done", "2025-06-18", "已报市政府")


def as_an_older_version_wrote_it(**words):
    """Return an edit that puts older words in the place of ours, and their marks where we keep them."""

    def edit(book):
        for where, text in words.items():
            sheet, cell = where.split("_")
            book[sheet][cell].value = text
        kept = book["_台账标识"]["B1"]
        marks = " ".join(mark_of(text) for text in words.values())
        kept.value = f"{kept.value} {marks}"

    return edit


def test_the_words_of_an_older_version_of_ours_are_no_change_of_the_unit(desk, campaign_id):
    older = as_an_older_version_wrote_it(
        一页看清_B7="2. 以前的版本这样说明怎样填。",
        台账_A1="以前的题目",
        台账_A2="以前的填写说明。",
        台账_J3="以前的列",
        台账_J4="以前写的",
        证明材料_A2="以前的另一句说明。",
    )

    def edit(book):
        older(book)
        fill("W6", "进行中")(book)

    taken = desk.take(desk.filled(desk.send(), edit))

    assert "登记 1 处变化" in taken.lines[0]
    assert not [line for line in taken.lines if "没有收" in line]


def test_the_instructions_of_the_first_version_are_known_where_it_kept_no_marks(desk):
    def edit(book):
        page, kept = book["一页看清"], book["_台账标识"]
        marks = set(str(kept["B1"].value).split())
        lines = [page.cell(row, 2).value for row in range(6, 11)]
        kept["B1"].value = " ".join(marks - {mark_of(line) for line in lines})
        page["B7"].value = EARLIER[0]

    taken = desk.take(desk.filled(desk.send(), edit))

    assert not [line for line in taken.lines if "没有收" in line]


def test_what_a_unit_wrote_over_our_words_is_named_all_the_same(desk):
    def edit(book):
        book["一页看清"]["B7"].value = "2. 我们的意见在这里"
        book["台账"]["A2"].value = "我们的说明"
        book["台账"]["J3"].value = "自己加的列"

    lines = "；".join(desk.take(desk.filled(desk.send(), edit)).lines)

    assert "第 7 行的“2. 我们的意见在这里”没有收" in lines
    assert "表头上方的“我们的说明”没有收" in lines
    assert "“自己加的列”列没有收" in lines
