"""A ledger comes back after its unit was merged, or its items were moved, cancelled or put in other words."""

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from models.campaign.work import Assignment, Indicator, WorkItem
from models.database import open_session
from models.evidence.evidence import Evidence
from models.figures.kept import every_figure
from models.rules.evidence.wording import Wording, wording_of
from models.rules.evidence.words import Reception
from models.units.unit import Unit, unit_named
from tasks.campaign.succession import hand_over
from tasks.ledgers.conflicts import list_conflicts, origins_of
from tests.conftest import ON_BOTH
from tests.support.scoring_table import names
from tests.support.sheets import place
from tests.tasks.ledgers.conftest import UNIT
from tests.tasks.ledgers.numbers.test_numbers import SCORES, counted, scored, self_scores
from tests.tasks.ledgers.test_taking import PIECES, SHEET, fill, registered

HEIR = "市委编办"


def retire(name=UNIT):
    with open_session() as session:
        session.exec(select(Unit).where(col(Unit.name) == name)).one().retired = True


def merge(desk, old=UNIT, new=HEIR, day=1):
    retire(old)
    return hand_over(None, old, new, "创建办", "机构改革", desk.moment(day))


def parts_of(name):
    """Return code, state and post of what stands at a unit."""
    with open_session(read_only=True) as session:
        query = (
            select(WorkItem.ordinal, Assignment.state, Assignment.by_post)
            .join(WorkItem, col(WorkItem.id) == Assignment.work_item_id)
            .join(Unit, col(Unit.id) == Assignment.unit_id)
            .where(Unit.name == name, col(Assignment.withdrawn).is_(False))
        )
        return {f"W{ordinal}": (state, post) for ordinal, state, post in session.exec(query)}


def hand_in_row(items, title, file, code=None):
    def edit(book):
        page = book[PIECES]
        row = next(n for n in range(4, 40) if not page.cell(n, 2).value)
        for column, value in {1: items, 2: title, 3: file, 4: "2025-06-01", 9: code}.items():
            page.cell(row, column).value = value

    return edit


@ON_BOTH
def test_what_a_merged_units_ledger_says_is_taken_for_its_successor_and_said(desk, campaign_id):
    def edit(book):
        fill("W6", "进行中", note="已起草")(book)
        fill("W1", "已完成", "2025-06-10")(book)

    back = desk.filled(desk.send(), edit)
    merge(desk)

    taken = desk.take(back, day=2)

    assert taken.reception is Reception.TAKEN, taken.lines
    assert "登记 2 处变化" in taken.lines[0]
    own = parts_of(HEIR)
    assert own["W6"] == ("started", f"{HEIR}联络员")
    assert own["W1"] == ("done", f"{HEIR}联络员")
    assert f"原由{UNIT}承担，已转给{HEIR}，按{HEIR}的收下" in " ".join(taken.lines)
    assert desk.take(back, day=3).reception is Reception.REPEATED


def test_a_successors_ledger_lists_what_the_unit_handed_in_that_it_took_over(desk, campaign_id):
    file = desk.folder / "通知.txt"
    file.write_text("关于开展行政执法培训的通知", encoding="utf-8")
    desk.take(desk.filled(desk.send(), hand_in_row("W6", "通知", file.name)), file)
    merge(desk)

    listed = load_workbook(desk.send(2, HEIR))["已报材料"]

    assert [row[1].value for row in listed.iter_rows(min_row=4)] == ["通知"]


@ON_BOTH
def test_what_the_successor_said_otherwise_meanwhile_stands_side_by_side(desk, campaign_id):
    sent = desk.send()
    old = desk.filled(sent, fill("W6", "进行中", note="老的"), "老.xlsx")
    merge(desk)
    new = desk.filled(desk.send(2, HEIR), fill("W6", "已完成", "2025-06-18", "新的"), "新.xlsx")
    desk.take(new, day=3)

    taken = desk.take(old, day=4)

    assert taken.reception is Reception.PARTLY
    found = list_conflicts(None, HEIR)
    assert [(one.field, one.offered) for one in found] == [("状态", "进行中"), ("说明", "老的")]
    assert {one.file for one in origins_of(None, found).values()} == {"新.xlsx"}


def test_the_merged_units_ledger_that_brought_a_value_is_named_as_its_origin(desk, campaign_id):
    old = desk.filled(desk.send(), fill("W6", "进行中", note="老的"), "老.xlsx")
    merge(desk)
    sent = desk.send(2, HEIR)
    desk.take(old, day=3)
    desk.take(desk.filled(sent, fill("W6", "已完成", "2025-06-18", "新的"), "新.xlsx"), day=4)

    found = list_conflicts(None, HEIR)

    assert {(o.file, o.version) for o in origins_of(None, found).values()} == {("老.xlsx", 1)}


def test_what_was_finished_before_the_merger_stays_with_the_old_unit(desk, campaign_id):
    sent = desk.send()
    desk.take(desk.filled(sent, fill("W6", "已完成", "2025-06-10"), "一.xlsx"))
    second = desk.send(1)
    merge(desk, day=2)

    taken = desk.take(desk.filled(second, fill("W6", "已完成", "2025-06-12"), "二.xlsx"), day=3)

    assert taken.reception is Reception.TAKEN, taken.lines
    assert registered(campaign_id, "W6").done_on.isoformat() == "2025-06-12"


def test_evidence_of_a_merged_units_ledger_is_its_successors(desk, tmp_path, session):
    file = tmp_path / "通知.pdf"
    file.write_bytes(b"%PDF-1.4 one\n")
    sent = desk.send()
    first = desk.filled(sent, hand_in_row("W6", "先报的", "通知.pdf"), "一.xlsx")
    desk.take(first, file)
    merge(desk)
    mended = tmp_path / "改好.pdf"
    mended.write_bytes(b"%PDF-1.4 two\n")

    def edit(book):
        hand_in_row("W6", "培训", "改好.pdf")(book)
        hand_in_row("W6", "先报的", "改好.pdf", "E0001")(book)

    taken = desk.take(desk.filled(sent, edit, "二.xlsx"), mended, day=2)

    assert "收下材料 2 份" in taken.lines[0], taken.lines
    with open_session(read_only=True) as reading:
        heir, old = (unit_named(reading, session_id(reading), one) for one in (HEIR, UNIT))
        rows = reading.exec(select(Evidence).order_by(Evidence.id))
        found = [(one.title, one.provider_id, one.latest) for one in rows]
    assert found == [("先报的", old, 2), ("培训", heir, 1)]


def session_id(session):
    return session.exec(select(Unit.campaign_id)).first()


def test_two_rows_that_are_one_part_by_now_are_not_merged_in_silence(desk, campaign_id):
    with open_session() as session:
        one = session.exec(
            select(Assignment)
            .join(WorkItem, col(WorkItem.id) == Assignment.work_item_id)
            .join(Unit, col(Unit.id) == Assignment.unit_id)
            .where(WorkItem.ordinal == 6, Unit.name == UNIT)
        ).one()
        values = one.model_dump() | {"id": None}
        session.add(Assignment(**values | {"role": "responsible"}))
        heir = session.exec(select(Unit).where(Unit.name == HEIR)).one().id
        session.add(Assignment(**values | {"unit_id": heir}))
    sent = desk.send()
    merge(desk)

    def edit(book):
        page = book[SHEET]
        for role, state in (("牵头单位", "进行中"), ("责任单位", "已完成")):
            place(page, "状态", 编号="W6", 角色=role).value = state

    taken = desk.take(desk.filled(sent, edit), day=2)

    assert taken.reception is Reception.PARTLY
    assert any("现在是同一项，请只在其中一行填写" in line for line in taken.lines)


def test_a_unit_that_is_gone_without_a_successor_is_asked_about(desk, campaign_id):
    back = desk.filled(desk.send(), fill("W6", "进行中"))
    retire()

    taken = desk.take(back, day=1)

    assert taken.reception is Reception.TAKEN
    assert registered(campaign_id, "W6").state == "started"
    [asked] = [one for one in taken.lines if f"{UNIT}已停用，还没有写明由谁接手" in one]
    assert "由谁接手请告诉创建办" in asked
    assert "shifan" not in asked  # a unit runs nothing


def change(**values):
    """Change the words of W6, or take it back."""
    with open_session() as session:
        item = session.exec(select(WorkItem).where(WorkItem.ordinal == 6)).one()
        for name, value in values.items():
            setattr(item, name, value(item) if callable(value) else value)


def test_an_item_that_was_cancelled_is_returned_with_its_reason(desk, tmp_path):
    file = tmp_path / "通知.pdf"
    file.write_bytes(b"%PDF-1.4 one\n")

    def edit(book):
        fill("W6", "进行中")(book)
        hand_in_row("W6", "培训", "通知.pdf")(book)

    back = desk.filled(desk.send(), edit)
    change(withdrawn=True)

    taken = desk.take(back, file, day=1)

    assert taken.reception is Reception.PARTLY and taken.marked
    said = [line for line in taken.lines if "这一项已经取消" in line]
    assert [line[:8] for line in said] == ["表“台账”第 7", "表“证明材料”第"]


def test_an_item_that_was_given_to_another_unit_is_returned_with_that_units_name(desk):
    back = desk.filled(desk.send(), fill("W6", "进行中"))
    with open_session() as session:
        other = session.exec(select(Unit).where(Unit.name == HEIR)).one().id
        query = (
            select(Assignment)
            .join(WorkItem, col(WorkItem.id) == Assignment.work_item_id)
            .where(WorkItem.ordinal == 6)
        )
        for part in session.exec(query):
            part.withdrawn = part.unit_id != other
        mine = session.exec(query.where(Assignment.unit_id == other)).first()
        if mine is None:
            of = session.exec(query).first()
            session.add(
                Assignment(
                    campaign_id=of.campaign_id,
                    work_item_id=of.work_item_id,
                    unit_id=other,
                    role="lead",
                )
            )

    taken = desk.take(back, day=1)

    assert taken.reception is Reception.PARTLY
    assert any(f"这一项现在由{HEIR}承担，没有收" in line for line in taken.lines)


def test_an_item_put_in_other_words_is_taken_and_said_and_another_item_is_returned(
    desk, campaign_id
):
    back = desk.filled(desk.send(), fill("W6", "进行中"))
    change(title=lambda item: item.title + "，并报市委备案")

    taken = desk.take(back, day=1)

    assert taken.reception is Reception.TAKEN
    assert any("第 7 行：文字在发出以后改成了" in line for line in taken.lines)

    late = desk.filled(desk.send(2), fill("W6", "已完成", "2025-06-10"), "晚.xlsx")
    change(title="举办全市行政执法人员轮训")

    taken = desk.take(late, day=3)

    assert taken.reception is Reception.PARTLY
    assert any(
        "现在是“举办全市行政执法人员轮训”，与这一行写的不是一件事" in one for one in taken.lines
    )
    assert registered(campaign_id, "W6").state == "started"


def both(book):
    counted(45, 50)(book)
    scored(2)(book)


@ON_BOTH
def test_figures_and_scores_of_a_merged_unit_are_its_successors(desk, ids, campaign_id):
    with open_session(read_only=True) as session:
        old, *_, new = names(session, campaign_id)
    back = desk.filled(desk.send(unit=old), both)
    merge(desk, old, new)

    taken = desk.take(back, day=2)

    assert taken.reception is Reception.TAKEN, taken.lines
    with open_session(read_only=True) as session:
        [figure] = every_figure(session, campaign_id)
        assert (figure.unit_id, figure.by_post) == (
            unit_named(session, campaign_id, new),
            f"{new}联络员",
        )
    assert 2 in self_scores(campaign_id, ids)
    assert desk.take(back, day=3).reception is Reception.REPEATED


def test_a_figure_that_the_old_unit_gave_is_corrected_where_it_stands(desk, ids, campaign_id):
    with open_session(read_only=True) as session:
        old, *_, new = names(session, campaign_id)
    desk.take(desk.filled(desk.send(unit=old), both))
    later = desk.filled(desk.send(1, old), counted(46, 50), "二.xlsx")
    merge(desk, old, new, day=2)

    taken = desk.take(later, day=3)

    assert taken.reception is Reception.TAKEN, taken.lines
    with open_session(read_only=True) as session:
        [figure] = every_figure(session, campaign_id)  # and not a second one beside it
        assert (figure.numerator, figure.unit_id) == (46, unit_named(session, campaign_id, old))


def test_a_unit_that_was_renamed_since_brings_its_figures_without_a_conflict(
    desk, ids, campaign_id
):
    from models.units.unit import UnitAlias

    with open_session(read_only=True) as session:
        old, *_ = names(session, campaign_id)
    back = desk.filled(desk.send(unit=old), both)
    with open_session() as session:
        unit = session.exec(select(Unit).where(Unit.name == old)).one()
        session.add(UnitAlias(campaign_id=campaign_id, unit_id=unit.id, name=old))
        unit.name = "新名字局"

    taken = desk.take(back, day=1)

    assert taken.reception is Reception.TAKEN, taken.lines
    assert list_conflicts(None) == []


def test_numbers_of_an_indicator_that_was_cancelled_are_returned(desk, ids, campaign_id):
    with open_session(read_only=True) as session:
        old, *_ = names(session, campaign_id)
    back = desk.filled(desk.send(unit=old), both)
    with open_session() as session:
        session.get_one(Indicator, ids["1.1.1"]).withdrawn = True

    taken = desk.take(back, day=1)

    assert taken.reception is Reception.PARTLY and taken.marked
    assert any("指标数据" in line for line in taken.lines)
    assert any(SCORES in line for line in taken.lines)


@pytest.mark.parametrize(
    ("sent", "now", "wording"),
    [
        ("制定办法", "制定 办法\n", Wording.SAME),  # blanks
        ("制定办法\n（1）印发\n（2）公布", "制定办法", Wording.SAME),  # with its demands
        ("制定办法\n分段时限：6 月印发", "制定办法", Wording.SAME),
        ("制定办法\n测评方法：实地查看\n要求的材料：名录", "制定办法", Wording.SAME),
        ("", "制定办法", Wording.SAME),  # nothing is known of it
        ("制定办法并实施", "制定办法", Wording.REWORDED),  # shorter
        ("制定普法规划", "修订普法规划", Wording.REWORDED),
        ("制定普法规划", "举办执法人员轮训", Wording.ANOTHER),
    ],
)
def test_words_that_were_sent_out_are_compared_with_those_of_today(sent, now, wording):
    assert wording_of(sent, now) is wording
