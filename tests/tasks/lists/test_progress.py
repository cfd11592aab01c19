"""The lists of progress go out and come back."""

import json
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from models.campaign.milestone import Milestone
from models.campaign.progress import Report
from models.database import open_session
from models.errors import NotFoundError, PlanError, ProgressError
from models.loading.progress import part_lines
from models.rules.bounds import A_DAY
from models.rules.words import Progress
from models.settings import moment_of
from tasks.lists.progress import export_progress, load_progress, set_progress
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.sheets import columns, made, place, row_number

pytestmark = pytest.mark.usefixtures("one_database")
LATER = date(2025, 7, 9)


def load(path, today=TODAY, **more):
    return load_progress(None, path, moment=moment_of(NOW, today), **more)


def report(code, state, by="创建办", **more):
    given = Report(code, Progress.OPEN, by, **more)
    return set_progress(None, given, state, moment=moment_of(NOW, TODAY))


def faults(path) -> list[str]:
    with pytest.raises(PlanError) as caught:
        load(path)
    return caught.value.faults


def milestone(code: str) -> Milestone:
    with open_session(read_only=True) as session:
        found = session.exec(select(Milestone).where(Milestone.code == code)).one()
        session.expunge(found)
    return found


def parts(code: str, campaign_id: int) -> dict[str, str]:
    with open_session(read_only=True) as session:
        lines = part_lines(session, campaign_id)
    return {line.unit: line.state.chinese for line in lines if line.code == code}


@pytest.fixture(autouse=True)
def sent_out(campaign, sheet):
    export_progress(None, sheet)


def test_an_untouched_list_changes_nothing(sheet, audited):
    assert load(sheet).changes == 0
    assert audited("progress") == []


def test_only_changed_rows_count_and_each_item_is_audited(back, audited):
    def fill_in(book):
        row = row_number(book["节点"], 编号="S1.1")
        at = columns(book["节点"])
        book["节点"].cell(row, at["状态"]).value = " 已完成 "
        book["节点"].cell(row, at["完成日期"]).value = "2025年6月18日"
        book["节点"].cell(row, at["登记人"]).value = "创建办综合组"
        book["节点"].cell(row, at["说明"]).value = "会议已开"
        place(book["责任分解"], "状态", 编号="W6", 单位="市司法局").value = "进行中"

    path = back(fill_in)
    loaded, again = load(path), load(path, today=LATER)

    assert (loaded.changes, again.changes) == (2, 0)
    done = milestone("S1.1")
    assert (done.state, done.done_on, done.by_post) == ("done", date(2025, 6, 18), "创建办综合组")
    first, second = audited("progress")
    assert (first.subject, first.who) == ("S1.1", "创建办综合组")
    facts = json.loads(first.facts)
    assert (facts["old"]["state"], facts["new"]["state"]) == ("open", "done")
    assert (second.subject, second.who) == ("W6", "市司法局联络员")
    [part] = json.loads(second.facts)["parts"]["市司法局"]
    assert (part["old"]["state"], part["new"]["state"]) == ("open", "started")


def test_what_was_registered_meanwhile_is_not_undone_by_an_older_list(sheet, back, campaign_id):
    report("W6", "已完成")

    def fill_in(book):
        place(book["责任分解"], "状态", 编号="W1", 单位="市司法局").value = "进行中"

    assert load(back(fill_in)).changes == 1
    assert milestone("W6").state == "done"
    assert set(parts("W6", campaign_id).values()) == {"已完成"}


def test_a_work_item_done_as_a_whole_takes_its_parts_along(back, campaign_id):
    def fill_in(book):
        place(book["节点"], "状态", 编号="W6").value = "已完成"
        row = row_number(book["责任分解"], 编号="W6")
        at = columns(book["责任分解"])
        book["责任分解"].cell(row, at["状态"]).value = "不适用"
        book["责任分解"].cell(row, at["说明"]).value = "职能已划转"

    path = back(fill_in)
    loaded = load(path)

    states = sorted(parts("W6", campaign_id).values())
    assert loaded.changes == 1 + len(states)
    assert states == ["不适用"] + ["已完成"] * (len(states) - 1)
    assert load(path, today=LATER).changes == 0


def test_a_list_without_marks_may_be_loaded_twice_too(back, campaign_id):
    def fill_in(book):
        for page in book.worksheets:
            page.delete_cols(columns(page)["核对码"])
        place(book["节点"], "状态", 编号="W6").value = "已完成"

    path = back(fill_in)

    assert load(path).changes == 1 + len(parts("W6", campaign_id))
    assert load(path, today=LATER).changes == 0


def test_done_without_a_day_means_the_day_of_loading_and_stays_so(back):
    def fill_in(book):
        place(book["节点"], "状态", 编号="S1.2").value = "已完成"

    path = back(fill_in)

    assert (load(path).changes, load(path, today=LATER).changes) == (1, 0)
    done = milestone("S1.2")
    assert (done.done_on, done.by_post) == (TODAY, "创建办")


def test_the_command_names_the_post_where_the_row_does_not(back):
    def fill_in(book):
        place(book["节点"], "状态", 编号="S1.2").value = "进行中"

    load(back(fill_in), by="专班副主任")

    assert milestone("S1.2").by_post == "专班副主任"


@ON_BOTH
def test_a_unit_gets_only_its_own_part_and_sends_it_back(tmp_path, campaign_id):
    path = tmp_path / "市司法局.xlsx"
    _, count = export_progress(None, path, unit="市司法局")
    book = load_workbook(path)
    page = book["责任分解"]
    units = {page.cell(n, columns(page)["单位"]).value for n in range(4, 4 + count)}
    assert units == {"市司法局"}

    place(page, "状态", 编号="W6").value = "已完成"
    book.save(path)

    assert load(path).changes == 1
    assert parts("W6", campaign_id)["市司法局"] == "已完成"
    assert milestone("W6").state == "open"


def test_one_sheet_of_parts_is_enough(tmp_path, campaign_id):
    rows = [["编号", "单位", "状态", "完成日期", "说明"], ["W6", "市司法局", "进行中", "", "在办"]]

    assert load(made(tmp_path / "a.xlsx", 反馈=rows)).changes == 1
    assert parts("W6", campaign_id)["市司法局"] == "进行中"


@pytest.mark.parametrize("name", ["节点 (2)", "本月"])
def test_a_renamed_sheet_is_taken_with_every_row(back, name):
    def fill_in(book):
        place(book["节点"], "状态", 编号="S1.2").value = "进行中"
        book["节点"].title = name

    loaded = load(back(fill_in))

    assert loaded.changes == 1
    assert loaded.notes == [f"表“{name}”作为“节点”表收了"]
    assert milestone("S1.2").state == "started"


def test_a_state_merged_over_several_rows_counts_for_each(back):
    def fill_in(book):
        page, at = book["节点"], columns(book["节点"])["状态"]
        row = row_number(page, 编号="S1.1")
        page.cell(row, at).value = "进行中"
        page.merge_cells(start_row=row, end_row=row + 2, start_column=at, end_column=at)

    assert load(back(fill_in)).changes == 3


def test_what_was_changed_in_grey_columns_is_named(back):
    def fill_in(book):
        page, at = book["节点"], columns(book["节点"])
        for code in ("S1.1", "S1.2"):
            page.cell(row_number(page, 编号=code), at["截止日期"]).value = date(2026, 1, 31)
        page.cell(row_number(page, 编号="S1.1"), at["登记人"]).value = "综合科"
        place(book["责任分解"], "工作任务或指标", 编号="W6").value = "改写的任务"

    loaded = load(back(fill_in))

    assert loaded.changes == 0
    assert [note.partition("，没有收")[0] for note in loaded.notes] == [
        "表“节点”的“截止日期”列有 2 行与登记的不同",
        "表“节点”的“登记人”列有 1 行与登记的不同",
        "表“责任分解”的“工作任务或指标”列有 1 行与登记的不同",
    ]


def test_a_state_that_was_wiped_out_is_refused(back):
    def fill_in(book):
        place(book["节点"], "状态", 编号="S1.1").value = None

    [fault] = faults(back(fill_in))

    assert fault.endswith("行“状态”列：被清空了；要撤回请选“未开始”")


def test_every_fault_is_told_with_its_place_and_nothing_is_written(tmp_path):
    milestones = [
        ["编号", "状态", "完成日期", "说明"],
        ["S1.1", "完成了", "", ""],
        ["S1.2", "已完成", "6月底", ""],
        ["S1.3", "已完成", "2025-12-31", ""],
        ["S1.4", "不适用", "", ""],
        ["S9.9", "已完成", "", ""],
        ["S2.1", "进行中", "2025-06-30", ""],
        ["S1.1", "未开始", "", ""],
        ["S2.2", "已完成", "", ""],
    ]
    of_units = [
        ["编号", "单位", "状态", "完成日期", "说明"],
        ["W6", "市司发局", "已完成", "", ""],
        ["W1", "市招商局", "已完成", "", ""],
    ]

    found = faults(made(tmp_path / "a.xlsx", 节点=milestones, 责任分解=of_units))

    assert found == [
        "表“节点”第 2 行“状态”列：写的是“完成了”，只能是 未开始、进行中、已完成、不适用",
        f"表“节点”第 3 行“完成日期”列：写的是“6月底”，应为 {A_DAY}",
        "表“节点”第 4 行“完成日期”列：完成日期 2025-12-31 在今天（2025-07-01）之后；确实如此的，请在说明里写明理由",
        "表“节点”第 5 行“说明”列：不适用必须在说明里写明理由",
        "表“节点”第 6 行“编号”列：没有编号为“S9.9”的事项",
        "表“节点”第 7 行“完成日期”列：填了完成日期 2025-06-30，状态却是进行中，请改为已完成或删去日期",
        "表“节点”第 8 行“编号”列：S1.1 与第 2 行重复",
        "表“责任分解”第 2 行“单位”列：没有“市司发局”这个单位，是否为“市司法局”",
        "表“责任分解”第 3 行“编号”列：W1 没有分给 市招商局",
    ]
    assert milestone("S2.2").state == "open"


def test_another_units_post_registers_nothing_of_a_unit_and_days_out_of_the_campaign_need_a_reason(
    tmp_path,
):
    head = ["编号", "单位", "状态", "完成日期", "登记人", "说明"]
    rows = [
        head,
        ["W6", "市司法局", "已完成", "2025-07-01", "市委编办联络员", ""],
        ["W7", "市司法局", "已完成", "2024-01-01", "", ""],
        ["W8", "市司法局", "已完成", "2025-07-01", "王小明", ""],
    ]
    whole = [
        ["编号", "状态", "完成日期", "登记人", "说明"],
        ["W6", "进行中", "", "市司法局联络员", ""],
    ]

    found = faults(made(tmp_path / "a.xlsx", 节点=whole, 责任分解=rows))

    assert [fault.split("：", 1)[0] for fault in found] == [
        "表“节点”第 2 行“登记人”列",
        "表“责任分解”第 2 行“登记人”列",
        "表“责任分解”第 3 行“完成日期”列",
        "表“责任分解”第 4 行“登记人”列",
    ]
    assert "应由市司法局或创建办登记" in found[1]
    assert "方案开始" in found[2]
    rows[2][-1] = "上一轮创建时已办"
    assert load(made(tmp_path / "b.xlsx", 责任分解=[rows[0], rows[2]])).changes == 1


@ON_BOTH
def test_one_thing_is_registered_by_command(campaign_id, audited):
    changed = report("w6", "已完成", done_on=date(2025, 6, 30), note="已报")

    assert changed == 1 + len(parts("W6", campaign_id))
    assert report("W6", "已完成", done_on=date(2025, 6, 30), note="已报") == 0
    assert len(audited("progress")) == 1


@ON_BOTH
def test_one_units_part_keeps_its_note(campaign_id):
    assert report("W6", "不适用", unit="市司法局", note="职能已划转") == 1

    with open_session() as session:
        [line] = [
            p for p in part_lines(session, campaign_id) if (p.code, p.unit) == ("W6", "市司法局")
        ]
    assert (line.note, line.by_post) == ("职能已划转", "创建办")


def test_a_word_that_is_no_state_is_told():
    with pytest.raises(ProgressError, match="没有“好了”这个状态，只能是 未开始"):
        report("W6", "好了")


def test_an_unknown_unit_is_told_with_what_was_meant(tmp_path):
    with pytest.raises(NotFoundError, match="是否为“市司法局”"):
        export_progress(None, tmp_path / "a.xlsx", unit="市司发局")
