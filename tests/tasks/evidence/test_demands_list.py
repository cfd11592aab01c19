"""The list of demands out and back: reworded, split, joined; nothing is lost and nothing done twice."""

import pytest
from sqlmodel import select

from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.campaign.work import Indicator
from models.database import open_session
from models.errors import PlanError
from models.evidence.demands.demand import Demand
from models.evidence.demands.keeping import demand_lines, ensure_demands
from models.figures.measurement import Measurement
from tasks.evidence.demands_list import export_demands, load_demands
from tests.conftest import NOW, ON_BOTH
from tests.support.evidence import NOON, handed, piece
from tests.support.sheets import HEADER, columns, edited, place, row_number

TITLE = "执法人员每人每年参加培训不少于40学时，持证率达到100%。建立公平竞争审查制度。"


@pytest.fixture
def listed(campaign, tmp_path):
    """The list of a campaign with an indicator of several demands."""
    with open_session() as session:
        session.add(Indicator(campaign_id=1, code="1.1.3", level=3, title=TITLE))
        session.flush()
        ensure_demands(session, 1)
    export_demands("jc", tmp_path / "要求.xlsx", NOON)
    return tmp_path / "要求.xlsx"


def demands() -> list[tuple[str, str, str]]:
    """Return what stands, by name, with the words and the target."""
    with open_session(read_only=True) as session:
        return [
            (one.name, one.text, f"{one.op}{one.value:g}{one.unit_of_value}" if one.op else "")
            for one in demand_lines(session, 1)
            if one.code == "1.1.3" and not one.withdrawn
        ]


def load(path, by="创建办"):
    return load_demands("jc", path, by, moment=NOON)


def add_row(page, **cells):
    at, number = columns(page), HEADER + 1
    while page.cell(number, at["编号"]).value:
        number += 1
    for name, value in cells.items():
        page.cell(number, at[name]).value = value


def test_what_went_out_comes_back_without_a_change(listed):
    before = demands()
    assert [target for _, _, target in before] == [">=40学时", ">=100%", ""]

    assert load(listed).changes == 0
    assert demands() == before


@ON_BOTH
def test_a_demand_is_reworded_with_its_target_and_keeps_its_number(listed):
    def edit(book):
        page = book["要求"]
        place(page, "要求内容", 要求号="1.1.3#2").value = "持证率达到95%以上"
        place(page, "目标值", 要求号="1.1.3#2").value = 95
        place(page, "要材料", 要求号="1.1.3#2").value = "否"

    back = edited(listed, edit)
    assert load(back).changes == 1
    assert demands()[1] == ("1.1.3#2", "持证率达到95%以上", ">=95%")
    assert load(back).changes == 0
    with open_session() as session:
        assert ensure_demands(session, 1) == 0  # what the office wrote is left alone
        row = session.exec(select(Demand).where(Demand.ordinal == 2)).one()
        assert (row.needs_evidence, row.source) == (False, "创建办")
        assert check_chain(session, audit_key()).lines == []


@ON_BOTH
def test_a_demand_is_split_and_two_are_joined(listed):
    def edit(book):
        page = book["要求"]
        place(page, "要求内容", 要求号="1.1.3#1").value = "参加培训不少于40学时，持证率达到100%"
        page.delete_rows(row_number(page, 要求号="1.1.3#2"))
        place(page, "要求内容", 要求号="1.1.3#3").value = "建立公平竞争审查制度"
        add_row(
            page,
            编号="1.1.3",
            要求内容="每年开展1次评估",
            关系="不低于",
            目标值=1,
            计量单位="次",
            周期="每年",
        )

    back = edited(listed, edit)
    said = load(back)
    assert "4 处变更；新增 1 项；撤销 1 项" in said.line
    assert any("有 2 个目标值" in note for note in said.notes)  # joined, and asked about
    assert [name for name, *_ in demands()] == ["1.1.3#1", "1.1.3#3", "1.1.3#4"]
    assert load(back).changes == 0


def test_what_hangs_on_a_demand_that_is_left_out_stays_and_is_named(listed):
    handed(piece("证书", items=("1.1.3#2",)))
    with open_session() as session:
        two = next(one for one in demand_lines(session, 1) if one.name == "1.1.3#2")
        unit = {"campaign_id": 1, "demand_id": two.id, "unit_id": 1}
        session.add(Measurement(**unit, period="2025", numerator=9, by_post="创建办", at=NOW))

    back = edited(
        listed, lambda book: book["要求"].delete_rows(row_number(book["要求"], 要求号="1.1.3#2"))
    )
    [note] = [one for one in load(back).notes if "已撤销" in one]
    assert "1.1.3#2" in note and "1 份材料、1 条数据留着" in note
    with open_session(read_only=True) as session:
        assert session.exec(select(Demand.withdrawn).where(Demand.id == two.id)).one()
        assert session.exec(select(Measurement.withdrawn)).all() == [False]


def test_what_was_added_meanwhile_is_not_taken_for_left_out(listed):
    second = edited(
        listed,
        lambda book: add_row(book["要求"], 编号="1.1.3", 要求内容="公开执法数据"),
        name="另一份.xlsx",
    )
    load(second)

    assert load(listed).changes == 0
    assert demands()[-1][1] == "公开执法数据"


def test_a_list_of_what_is_in_doubt_takes_nothing_away(listed, tmp_path):
    with open_session() as session:
        row = session.exec(select(Indicator)).one()
        row.title = TITLE.replace("建立", "推进3项改革，")
    rows, doubted = export_demands("jc", tmp_path / "疑问.xlsx", NOON, doubted=True)
    assert rows == doubted >= 1
    before = demands()
    doubtful = next(name for name, text, _ in before if "3项改革" in text)

    def edit(book):
        place(book["要求"], "已核对", 要求号=doubtful).value = "是"

    back = edited(tmp_path / "疑问.xlsx", edit)
    assert load(back).changes == 1
    assert load(back).changes == 0
    assert demands() == before
    with open_session(read_only=True) as session:
        lines = [one for one in demand_lines(session, 1) if one.name == doubtful]
        assert [one.source for one in lines] == ["创建办"]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("要求内容", None, "请把整行删去"),
        ("关系", "差不多", "只能是 不低于"),
        ("目标值", "九成", "应为数字"),
        ("目标值", None, "却没有目标值"),
        ("周期", "每旬", "只能是 每年"),
        ("要材料", "也许", "应为是或否"),
        ("编号", "W1", "不能改到"),
        ("要求号", "1.1.3#99", "没有“1.1.3#99”这一项要求"),
        ("要求号", "1.1.3#1", "重复"),
        ("要求内容", "字" * 2001, "最多 2000"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_nothing_is_written(listed, column, value, words):
    before = demands()

    def edit(book):
        place(book["要求"], column, 要求号="1.1.3#2").value = value

    with pytest.raises(PlanError) as caught:
        load(edited(listed, edit))
    assert any(f"“{column}”列" in fault and words in fault for fault in caught.value.faults)
    assert demands() == before
