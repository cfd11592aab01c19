"""What one body after the other has to do, where a document has no numbered tasks."""

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document

HEAD = "河湾县村庄整治工作任务分工\n"


def tasks(*lines: str) -> list[tuple[str, str]]:
    """Return the title of each task, and who leads or does it."""
    plan = compile_plan(Document.from_text(HEAD + "\n".join(lines)))
    return [
        (task.title, "、".join([*task.lead_units, *task.responsible_units])) for task in plan.tasks
    ]


@pytest.mark.parametrize(
    "lines",
    [
        # In front of all chapters.
        ["现将任务明确如下：", "县住建局负责规划编制。", "县财政局负责资金落实。"],
        # In a chapter of duties, without numbers, with them, with a stop in place of the colon.
        ["一、职责分工", "县住建局：负责规划编制。", "县财政局：负责资金落实。"],
        ["一、部门职责", "（一）县住建局负责规划编制。", "（二）县财政局负责资金落实。"],
        ["一、责任分工", "1.县住建局。负责规划编制。", "2.县财政局。负责资金落实。"],
    ],
)
def test_what_bodies_have_to_do_is_a_task_each(lines):
    assert [who for _, who in tasks(*lines)] == ["县住建局", "县财政局"]


@pytest.mark.parametrize(
    "lines",
    [
        # One body is no list, and what is asked of all is no body's.
        ["一、职责分工", "县住建局：负责规划编制。"],
        ["各单位要加强领导。", "各乡镇要抓好落实。"],
        ["一、职责分工", "工作组：负责规划编制的人员名单。"],
    ],
)
def test_less_than_a_list_of_bodies_is_none(lines):
    assert tasks(*lines) == []


def test_a_body_that_must_do_it_counts_among_the_others():
    found = tasks(
        "县住建局负责规划编制。", "县委农办要结合实际，负责指导。", "县财政局负责资金落实。"
    )

    assert [who for _, who in found] == ["县住建局", "县委农办", "县财政局"]


def test_numbered_tasks_come_first():
    found = tasks(
        "一、主要任务",
        "1.编制规划。（县自然资源局负责）",
        "二、职责分工",
        "县住建局：负责规划编制。",
        "县财政局：负责资金落实。",
    )

    assert found == [("编制规划", "县自然资源局")]


@pytest.mark.parametrize(
    "heading", ["提升行政执法监督水平", "强化行政权力制约和监督", "加快项目进度", "健全立法机制"]
)
def test_every_chapter_of_the_main_points_of_a_year_gives_tasks(heading):
    plan = compile_plan(
        Document.from_text(
            f"河湾县依法行政工作要点\n一、推进学法用法\n1.集中学法。\n二、{heading}\n2.公布案例。\n3.评查案卷。"
        )
    )

    assert [task.title for task in plan.tasks] == ["集中学法", "公布案例", "评查案卷"]


@pytest.mark.parametrize("heading", ["赛事概况", "项目概况", "建设背景"])
def test_what_it_is_about_is_no_task(heading):
    plan = compile_plan(
        Document.from_text(
            f"河湾县赛事保障工作方案\n一、{heading}\n赛道全长128公里。主办单位为县体育局。\n二、重点任务\n"
            "（一）保障供水。由县水利局负责。"
        )
    )

    assert [task.title for task in plan.tasks] == ["保障供水"]


def test_how_the_work_is_seen_to_is_no_task():
    plan = compile_plan(
        Document.from_text(
            "河湾县依法行政工作要点\n一、推进学法用法\n1.集中学法。\n二、加强监督检查\n1.定期督查。"
        )
    )

    assert [task.title for task in plan.tasks] == ["集中学法"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A chapter without items that says itself who does it, whatever its heading speaks of.
        (
            [
                "一、改善城区环境，关停小锅炉5台。",
                "责任单位：县环保局",
                "二、解决住房问题，开工建设保障性住房5套。",
                "责任领导：某某",
                "责任单位：县房产局",
            ],
            ["县环保局", "县房产局"],
        ),
        # …or several times, once for each of its paragraphs.
        (
            [
                "一、加快转型升级",
                "突出工业主体地位。改造提升传统产业。",
                "责任单位：县工信局、县发改局",
                "大力发展现代服务业。新增企业10家。",
                "责任单位：县商务局",
            ],
            ["县工信局、县发改局", "县商务局"],
        ),
        # A body at the head of an item, with a colon and what it has to do.
        (
            ["一、任务分解", "1.石桥镇：完成造林。", "2.县林业局：负责指导。"],
            ["石桥镇", "县林业局"],
        ),
        (["一、任务分解", "1.加强造林：完成造林。", "2.抓好管护：落实责任。"], ["", ""]),
    ],
)
def test_it_is_read_who_does_what_wherever_it_stands(lines, expected):
    assert [who for _, who in tasks(*lines)] == expected
