"""The matrix of units and venues goes out and comes back with what was done where."""

from datetime import date

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from models.campaign.milestone import Milestone
from models.database import open_session
from models.errors import PlanError
from models.publicity.venue import venue_lines
from tasks.plans.loading import find_plan, load_plan, read_plan
from tasks.publicity.venues_list import export_venues, load_venues
from tests.support.sheets import columns, place, texts
from tests.tasks.publicity.conftest import BEGIN, SLUG, on

pytestmark = pytest.mark.usefixtures("jiaozuo")
SHEET, DAY = "宣传场所", date(2023, 12, 1)
TRANSPORT = "市交通运输局"


def done(page, unit, venue, **cells):
    for column, value in ({"进度": "已完成", "完成日期": date(2023, 11, 20)} | cells).items():
        place(page, column, 单位=unit, 场所=venue).value = value


def measure(code):
    with open_session(read_only=True) as session:
        row = session.exec(select(Milestone).where(Milestone.code == code)).one()
        return row.state, row.done_on


def venues():
    with open_session(read_only=True) as session:
        return {(one.unit, one.name): one for one in venue_lines(session, 1)}


@pytest.fixture
def out(sheet):
    return export_venues(SLUG, sheet, None, on(DAY))


def load(path, by="创建办"):
    return load_venues(SLUG, path, by, moment=on(DAY))


def test_the_plan_s_bureaus_and_venues_stand_in_the_list(sheet, out):
    rows = texts(load_workbook(sheet)[SHEET])

    assert out == len(rows) == 19
    assert rows[0][:3] == ["M2.1", "市公安局", "沿街交通安全宣传显示屏"]
    assert [row[2] for row in rows if row[1] == TRANSPORT] == [
        "出租车", "公交车", "运输物流企业", "交通运输执法检查站", "长途汽车站",
    ]  # fmt: skip


def test_what_comes_back_unchanged_changes_nothing(sheet, out):
    assert load(sheet).changes == 0


def test_a_measure_is_done_when_all_its_venues_are(out, back):
    def some(book):
        done(book[SHEET], TRANSPORT, "出租车", 做什么="车载屏滚动播放")

    def the_rest(book):
        for venue in ("公交车", "运输物流企业", "交通运输执法检查站"):
            done(book[SHEET], TRANSPORT, venue)
        page = book[SHEET]
        place(page, "进度", 单位=TRANSPORT, 场所="长途汽车站").value = "不适用"
        place(page, "说明", 单位=TRANSPORT, 场所="长途汽车站").value = "已停运"

    path = back(some)
    assert load(path).changes == 1
    assert load(path).changes == 0
    assert measure("M2.4") == ("started", None)

    def both(book):
        some(book)
        the_rest(book)

    assert load(back(both)).changes == 4
    assert measure("M2.4") == ("done", date(2023, 11, 20))


def test_the_office_adds_a_venue_that_no_plan_names(out, back):
    def add(book):
        page, at = book[SHEET], columns(book[SHEET])
        row = 3 + 19 + 1
        for column, value in {"单位": "市教育局", "场所": "校园广播", "进度": "进行中"}.items():
            page.cell(row, at[column]).value = value

    assert load(back(add)).changes == 1
    plan = read_plan(find_plan("jiaozuo-publicity-2023"))
    assert load_plan(plan, slug=SLUG, start=None, moment=BEGIN).changes == 0
    assert venues()["市教育局", "校园广播"].code == ""


def test_faults_name_sheet_row_and_column_and_nothing_is_written(out, back):
    def spoil(book):
        page = book[SHEET]
        place(page, "单位", 场所="银行").value = "市航天局"
        place(page, "进度", 场所="公园").value = "差不多"
        place(page, "证明材料", 场所="游园").value = "E0099"
        place(page, "完成日期", 场所="加油站").value = date(2030, 1, 1)

    with pytest.raises(PlanError) as caught:
        load(back(spoil))

    said = "\n".join(caught.value.faults)
    for words in ("市航天局", "差不多", "E0099", "2030-01-01"):
        assert words in said
    assert all(one.state == "open" for one in venues().values())


def test_a_unit_registers_its_own_venues_alone(out, back):
    def other(book):
        done(book[SHEET], TRANSPORT, "出租车")

    with pytest.raises(PlanError, match="不能登记"):
        load(back(other), by="市教育局联络员")
