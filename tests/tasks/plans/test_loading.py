"""A plan file, right or wrong."""

from datetime import date

import pytest
from sqlmodel import select

from models.campaign.campaign import Campaign
from models.database import open_session
from models.errors import NotFoundError, PlanError
from models.loading.plan import store_plan
from models.settings import moment_of
from tasks.campaign.life import close_campaign
from tasks.plans.loading import find_plan, load_plan, read_plan, slug_for
from tests.conftest import NOW, TODAY

GOOD = """title: 某市创建方案
kind: implementation_plan
year_context: 2025
stages:
- ordinal: 1
  name: 部署启动
  start: 2025-06-01
  end: 2025-06-20
tasks:
- ordinal: 1
  title: 简政放权
  lead_units: [市司法局]
"""


def faults(tmp_path, content: str | bytes) -> list[str]:
    path = tmp_path / "方案.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(PlanError) as raised:
        read_plan(path)
    return raised.value.faults


def test_a_move_beyond_the_calendar_is_refused_and_nothing_is_written(database):
    plan = read_plan(find_plan("jinchang-2025"))

    with pytest.raises(PlanError, match="整体平移日期(?s:.)*会落到 2100-"):
        load_plan(plan, slug="jc", start=date(2099, 12, 31), moment=moment_of(NOW, TODAY))

    with open_session(read_only=True) as session:
        assert session.exec(select(Campaign)).all() == []


def test_a_good_file_is_read_and_its_stages_get_their_kinds(tmp_path):
    path = tmp_path / "方案.yaml"
    path.write_text(GOOD, encoding="utf-8")

    [stage] = read_plan(path).stages

    assert stage.kind == "launch"


@pytest.mark.parametrize("number", ["许多", "true", "[3]"])
def test_a_threshold_that_is_no_number_has_its_line(tmp_path, number):
    content = f"{GOOD}gates:\n  thresholds:\n    nothing-overdue: {number}\n"

    [fault] = faults(tmp_path, content)
    assert fault.startswith(
        "第 15 行 推进条件的数量的“nothing-overdue”（gates.thresholds.nothing-overdue）：写的是 "
    )
    assert fault.endswith("应为数字")


def test_each_fault_has_its_line_its_value_and_what_was_expected(tmp_path):
    content = GOOD.replace("2025-06-01", "六月一日").replace("lead_units", "lead_unit")

    assert faults(tmp_path, content) == [
        "第 7 行 第 1 个阶段的开始日（stages[1].start）：写的是 六月一日，应为 2025-06-13 这样的日期",
        "第 12 行 第 1 项任务的“lead_unit”（tasks[1].lead_unit）：没有这个字段，请检查拼写",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "文件里没有方案"),
        ("- 只是\n- 列表\n", "文件里没有方案"),
        ("title: [未闭合\nkind: x\n", "不是正确的 YAML 或 JSON"),
        ("title: &a 某市方案\nsource: *a\n", "第 2 行：用 * 引用了别处的内容"),
        (GOOD.replace("2025-06-20", "2025-06-31"), "第 8 行：不是日历上的日期"),
        ("kind: implementation_plan\n", "标题（title）：缺少这一项"),
        (b"\xff\xfe\x00\x01", "不是 UTF-8"),
        (GOOD.replace("implementation_plan", "essay"), "只能是"),
        (GOOD.replace("ordinal: 1\n  name", "ordinal: 0\n  name"), "不能小于 1"),
        (GOOD.replace("end: 2025-06-20", "end: 2025-05-20"), "晚于结束日"),
        (GOOD.replace("end: 2025-06-20", "end: 2025-05-20"), "阶段（stages）：第 1 阶段“部署启动”"),
        (GOOD.replace("implementation_plan", "report"), "文种（kind）：这不是方案"),
    ],
)
def test_a_bad_file_gets_a_clear_line(tmp_path, content, said):
    assert any(said in fault for fault in faults(tmp_path, content))


def test_nothing_is_written_when_the_slug_is_no_good(database):
    plan = read_plan(find_plan("zengdu-2023"))

    for slug in ("", "曾都。", "-a", "a/b", "a" * 41):
        with pytest.raises(PlanError):
            load_plan(plan, slug=slug, start=None, moment=moment_of(NOW, TODAY))
    with open_session() as session:
        assert session.exec(select(Campaign)).all() == []


def test_an_unknown_name_lists_the_packs():
    with pytest.raises(NotFoundError, match="jinchang-2025"):
        find_plan("没有这个文件.yaml")


def plan_of(name="zengdu-2023", **changed):
    return read_plan(find_plan(name)).model_copy(update=changed)


def taken_in(plan, slug, **more):
    load_plan(plan, slug=slug, start=None, moment=moment_of(NOW, TODAY), **more)


def test_a_name_comes_from_the_title_and_loading_again_finds_it(database):
    plan = plan_of()
    assert slug_for(plan, None) == "曾都 2023"

    taken_in(plan, "曾都 2023")

    assert slug_for(plan, None) == "曾都 2023"
    assert slug_for(plan, "曾都2023") == "曾都 2023"


@pytest.mark.parametrize("typed", [None, "zd"])
def test_a_plan_that_looks_like_a_loaded_one_is_asked_about(database, typed):
    taken_in(plan_of(), "二零二三")

    asked = slug_for(plan_of(), typed)

    assert (asked.slug, asked.own) == ("二零二三", typed or "曾都 2023")
    assert asked.why == "这份方案与已装入的“二零二三”标题相同"
    assert slug_for(plan_of(), typed, another=True) == (typed or "曾都 2023")


def test_the_same_number_under_another_title_is_asked_about(database):
    taken_in(plan_of("jinchang-2025"), "jc")

    asked = slug_for(plan_of("jinchang-2025", title="金昌市创建方案（修订）"), None)

    assert asked.why.endswith("“jc”文号相同")


def test_another_plan_of_the_same_place_and_year_never_takes_a_campaign_over(database):
    taken_in(plan_of(), "曾都 2023")

    asked = slug_for(plan_of(title="曾都区法治宣传方案"), None)

    assert (asked.slug, asked.own) == ("曾都 2023", "")
    assert "标题是“曾都区法治宣传方案”" in asked.why
    assert slug_for(plan_of(title="曾都区法治宣传方案"), "曾都宣传") == "曾都宣传"


def test_a_plan_of_a_campaign_that_has_ended_is_asked_about_too(database):
    taken_in(plan_of(), "二零二三")
    close_campaign("二零二三", "创建办", "已获命名", moment_of(NOW, TODAY))

    asked = slug_for(plan_of(), None)

    assert (asked.slug, asked.ended) == ("二零二三", True)
    assert asked.why == "这份方案与已结束的“二零二三”标题相同"


def test_nothing_real_is_loaded_into_the_demonstration(database):
    with open_session() as session:
        store_plan(
            session,
            plan_of(),
            slug="demo",
            start=None,
            moment=moment_of(NOW, TODAY),
            is_demo=True,
        )

    assert slug_for(plan_of(), None) == "曾都 2023"
    with pytest.raises(PlanError, match="演示活动的简称"):
        slug_for(plan_of(), "demo")
