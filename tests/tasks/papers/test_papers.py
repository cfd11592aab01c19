"""The papers about work under way: what stands in them, to whom they may go, at which level."""

import docx
import pytest

from models.campaign.progress import Report, register
from models.database import open_session
from models.errors import CampaignError, NotFoundError, PlanError
from models.papers.dispatch_levels import DEFAULT_LEVELS, level_by_time, parse_levels
from models.papers.lengths import length_line
from models.papers.sending import sender_fault
from models.rules.figures.words import PaperKind
from models.rules.words import Progress
from models.settings import moment_of
from tasks.papers import work_drafts
from tasks.papers.dispatching import DispatchOrder, write_dispatch
from tasks.papers.keeping import PaperOrder
from tasks.papers.listing import compare_versions, paper_list
from tasks.papers.writing import (
    write_bulletin,
    write_problems,
    write_rectification,
    write_report,
    write_unit_checklist,
)
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.tasks.papers.test_report import text_of

MOMENT = moment_of(NOW, TODAY)
LATER = moment_of(NOW.replace(month=8, day=4))  # after the day of every work item, 2025-07-31


@pytest.fixture
def out(tmp_path):
    return tmp_path / "文书.docx"


@ON_BOTH
@pytest.mark.parametrize(
    ("write", "words"),
    [
        (write_problems, "单位逾期未完成"),
        (write_rectification, "已过时限"),
        (write_bulletin, "各责任单位："),
    ],
)
def test_a_paper_lists_what_is_late(campaign, out, write, words):
    written = write("jc", PaperOrder(out), LATER)

    assert words in text_of(out)
    assert "W5" in text_of(out)
    assert written.version.number == 1
    assert "减负规定一般不超过" in written.lines[0]


@ON_BOTH
def test_a_checklist_holds_every_part_of_a_unit_and_of_no_other(campaign, out):
    write_unit_checklist("jc", "市政府办公室", PaperOrder(out), MOMENT)

    [table] = docx.Document(str(out)).tables
    assert len(table.rows) == 1 + 18
    assert [cell.text for cell in table.rows[0].cells][-1] == "进度"  # nobody wrote a note
    assert "市司法局" not in text_of(out)


def test_nothing_is_late_before_its_day(campaign, out):
    write_rectification("jc", PaperOrder(out), MOMENT)

    assert "不需要整改" in text_of(out)
    assert not docx.Document(str(out)).tables  # no head without rows


def test_a_list_without_problems_says_what_nobody_knows_yet(campaign, out):
    write_problems("jc", PaperOrder(out), MOMENT)

    assert "还没有登记进展的责任130条，是否达到要求尚不能判断。" in text_of(out)


def test_what_a_unit_ended_with_a_comma_stands_in_a_sentence_of_the_report(
    campaign, campaign_id, out
):
    with open_session() as session:
        for unit, note in (("市政府办公室", "已制定方案，"), ("市政务服务中心", "共 3 件。")):
            said = Report("W5", Progress.STARTED, "联络员", unit=unit, note=note)
            register(session, campaign_id, said, moment=MOMENT)
    write_report("jc", PaperOrder(out), MOMENT)

    assert "市政府办公室：已制定方案。" in text_of(out)
    assert "市政务服务中心：共 3 件。" in text_of(out)
    assert "，。" not in text_of(out) and "。。" not in text_of(out)


@ON_BOTH
def test_a_bulletin_of_very_much_that_is_late_names_units_and_codes(campaign, out, monkeypatch):
    write_bulletin("jc", PaperOrder(out), LATER)
    [_, late, _blanks] = docx.Document(str(out)).tables

    units = [row.cells[0].text for row in late.rows][1:]
    assert len(units) == len(set(units)) == 40
    assert [cell.text for cell in late.rows[0].cells] == ["单位", "已过时限的事项"]
    assert "W5、 " in late.rows[1].cells[1].text

    monkeypatch.setattr(work_drafts, "MOST_LATE", 130)
    write_bulletin("jc", PaperOrder(out, to="各单位"), LATER)
    assert len(docx.Document(str(out)).tables[1].rows) == 131


def test_a_unit_that_is_none_is_named(campaign, out):
    with pytest.raises(NotFoundError, match="没有名为 某局 的单位"):
        write_unit_checklist("jc", "某局", PaperOrder(out), MOMENT)

    assert not out.exists()
    assert paper_list("jc")[1] == []


# --- a dispatch -----------------------------------------------------------------------------------


def dispatched(out, moment, **asked):
    write_dispatch("jc", DispatchOrder("市司法局", **asked), PaperOrder(out), moment)
    return docx.Document(str(out)).paragraphs[0].text


def test_without_anything_late_or_near_there_is_nothing_to_press_for(campaign, out):
    with pytest.raises(CampaignError, match="没有逾期或临近时限"):
        dispatched(out, MOMENT)


def test_a_dispatch_is_yellow_behind_its_day_and_red_long_behind(campaign, out):
    assert dispatched(out, moment_of(NOW.replace(day=28))) == "蓝色督办单"
    assert dispatched(out, LATER) == "黄色督办单"
    assert dispatched(out, moment_of(NOW.replace(month=8, day=20))) == "红色督办单"


def test_a_dispatch_not_answered_in_its_time_is_followed_by_the_next_colour(campaign, out):
    assert dispatched(out, LATER) == "黄色督办单"
    assert dispatched(out, moment_of(NOW.replace(month=8, day=5))) == "黄色督办单"  # still time
    assert dispatched(out, moment_of(NOW.replace(month=8, day=11))) == "红色督办单"


def test_an_urgent_matter_may_start_higher_but_never_lower(campaign, out):
    assert dispatched(out, LATER, level="红色") == "红色督办单"
    assert dispatched(out, moment_of(NOW.replace(month=8, day=25)), level="蓝色") == "红色督办单"
    with pytest.raises(CampaignError, match="没有“紫色”这一级，有：蓝色、黄色、红色"):
        dispatched(out, LATER, level="紫色")


@pytest.mark.parametrize(
    ("days_late", "name"),
    [(-30, "蓝色"), (-7, "蓝色"), (0, "蓝色"), (1, "黄色"), (14, "黄色"), (15, "红色")],
)
def test_the_level_by_time(days_late, name):
    assert level_by_time(DEFAULT_LEVELS, days_late).name == name


@pytest.mark.parametrize(
    ("sender", "addressee", "refused"),
    [
        ("创建办", "永昌县人民政府", True),
        ("创建工作专班", "金川区委", True),
        ("市委依法治市委员会办公室", "永昌县委", True),
        ("创建办", "宁远堡镇政府", True),
        ("创建办", "各县区", True),
        ("创建办", "市司法局", False),
        ("创建办", "市政府办公室", False),
        ("创建办", "市发改委", False),
        ("创建办", "市委宣传部", False),
        ("金昌市人民政府", "永昌县人民政府", False),  # the competent body
        ("创建办", "金昌市委", False),  # of the same level
    ],
)
def test_a_campaign_office_gives_no_orders_to_those_who_lead_below(sender, addressee, refused):
    assert bool(sender_fault(sender, addressee, "金昌市人民政府")) is refused


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (None, "levels:"),
        ({"levels": []}, "1 至 6 级"),
        ({"levels": [{"name": "蓝"}]}, "三项"),
        ({"levels": [{"name": "蓝", "days_late": "一", "answer_workdays": 3}]}, "days_late"),
        ({"levels": [{"name": "蓝", "days_late": True, "answer_workdays": 3}]}, "days_late"),
        (
            {
                "levels": [
                    {"name": "蓝", "days_late": 3, "answer_workdays": 3},
                    {"name": "红", "days_late": 1, "answer_workdays": 3},
                ]
            },
            "由轻到重",
        ),
    ],
)
def test_a_table_of_levels_that_is_wrong_says_so(table, words):
    levels, faults = parse_levels(table)

    assert not levels
    assert words in "".join(faults)


def test_an_office_brings_its_own_colours(campaign, out, tmp_path):
    file = tmp_path / "督办分级表.yaml"
    file.write_text(
        "levels:\n  - {name: 蓝色, days_late: 1, answer_workdays: 5}\n"
        "  - {name: 橙色, days_late: 3, answer_workdays: 3}\n",
        encoding="utf-8",
    )
    assert dispatched(out, LATER, levels=file) == "橙色督办单"

    file.write_text("levels: 1\n", encoding="utf-8")
    with pytest.raises(PlanError, match="应有 levels: 一节"):
        dispatched(out, LATER, levels=file)


# --- all papers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (PaperKind.REPORT, 5_000, "没有超过"),
        (PaperKind.REPORT, 5_001, "超过 1 字"),
        (PaperKind.DISPATCH, 4_001, "超过 1 字"),
    ],
)
def test_each_paper_is_held_against_its_limit(kind, text, words):
    assert words in length_line(kind, text, text)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"out": "报告.doc"}, "应以 .docx 或 .pdf 结尾"),
        ({"by_post": ""}, "没有写明由谁"),
        ({"number": "金政发〔2025〕1号"}, "请加 --red-head"),
    ],
)
def test_an_order_that_cannot_be_met_leaves_nothing_behind(campaign, tmp_path, order, words):
    asked = {"out": "报告.docx"} | order
    with pytest.raises(CampaignError, match=words):
        write_report("jc", PaperOrder(tmp_path / asked.pop("out"), **asked), MOMENT)

    assert not list(tmp_path.glob("报告*"))
    assert paper_list("jc")[1] == []


def test_two_versions_are_compared_by_figures_and_texts(campaign, out):
    write_bulletin("jc", PaperOrder(out), MOMENT)
    assert compare_versions("jc", "通报", "", (None, None))[0].endswith("只有第 1 版，没有可比较的")

    write_bulletin("jc", PaperOrder(out), LATER)
    line, found = compare_versions("jc", "bulletin", "", (None, None))

    assert "第 1 版到第 2 版" in line
    assert {one.kind for one in found} == {"文字"}
    with pytest.raises(NotFoundError, match="没有第 7 版，现有：1、2"):
        compare_versions("jc", "通报", "", (7, None))
    with pytest.raises(NotFoundError, match="没有“小报”这种文书"):
        compare_versions("jc", "小报", "", (None, None))
