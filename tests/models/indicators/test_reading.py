"""What a system says of itself is checked; what is no system is told from one; odd tables are doubts."""

import pytest

from models.indicators.reading import read_system
from models.plan.reading.text.document import Document, Line

HEAD = ("一级指标", "二级指标", "三级指标", "分值")


def of_text(*lines):
    return read_system(Document.from_text("\n".join(lines), "文"))


def of_table(*rows, head=HEAD, joined=None):
    lines = [Line(" ".join(row), n, None, tuple(row), 1) for n, row in enumerate([head, *rows], 1)]
    return read_system(Document((*lines,), "表"), joined)


def reasons(reading):
    return [doubt.reason for doubt in reading.system.doubts]


def test_points_below_that_do_not_add_up_are_told_with_both_numbers():
    found = of_table(
        ["一、职能（60分）", "（一）服务", "1.办结率100%", "30"],
        ["一、职能（60分）", "（一）服务", "2.公开率100%", "20"],
        ["二、制度（40分）", "（一）文件", "3.审核率100%", "40"],
    )

    [only] = reasons(found)
    assert only == "分值写的是 60 分，下级合计 50 分"
    assert found.system.doubts[0].proposal == "1 的分值改为 50 分"
    assert found.system.doubts[0].where == "indicators[0].score"


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        ("设一级指标1项、二级指标1项、三级指标2项。", ""),
        ("设1个一级指标、1个二级指标、3个三级指标。", "三级指标 3 项，读到 2 项"),
        ("一级指标2个，二级指标1个。", "一级指标 2 项，读到 1 项"),
    ],
)
def test_the_counts_of_a_document_are_met_or_a_doubt(said, doubt):
    found = of_text("某市指标体系", said, "一、职能", "（一）服务", "1.建立制度。", "2.公开清单。")

    assert doubt in "".join(reasons(found)) and bool(reasons(found)) == bool(doubt)


@pytest.mark.parametrize(
    ("numbers", "doubt"),
    [
        ([["1", "2"], ["3", "4"]], ""),  # through the level
        ([["1", "2"], ["1", "2"]], ""),  # anew under each heading
        ([["1", "2"], ["4", "5"]], "2 之后是 4，缺 3"),
        ([["1", "3"], ["1", "2"]], "1 之后是 3，缺 2"),
        ([["1", "2"], ["2", "3"]], "从 2 开始，缺 1"),
        ([["1", "1"], ["2", "3"]], "重复"),
    ],
)
def test_running_numbers_have_no_gap_or_it_is_a_doubt(numbers, doubt):
    rows = [
        ["一、职能", f"（{'一二'[n]}）服务{n}", f"{number}.建立{'甲乙'[n]}{'丙丁'[at]}制度。", ""]
        for n, group in enumerate(numbers)
        for at, number in enumerate(group)
    ]

    found = reasons(of_table(*rows))

    assert doubt in "".join(found) and bool(found) == bool(doubt)


def test_points_merged_over_part_of_a_heading_are_kept_once_and_asked_about():
    rows = [
        ["一、职能", "（一）服务", "1.建立制度。", "30"],
        ["一、职能", "（一）服务", "2.公开清单。", "30"],
        ["一、职能", "（一）服务", "3.办结事项。", "70"],
    ]
    joined = {2: frozenset(), 3: frozenset({0, 1, 3}), 4: frozenset({0, 1})}

    found = of_table(*rows, joined=joined)

    assert [one.score for one in found.system.indicators if one.level == 3] == [30, None, 70]
    assert any("合用的一格" in reason for reason in reasons(found))


def test_several_points_of_one_indicator_are_added_and_each_asked_about():
    found = of_table(["一、职能", "（一）服务", "1.建立制度。", "30"], ["", "", "", "70"])

    assert [one.score for one in found.system.indicators] == [None, None, 100]
    asked = [doubt.text for doubt in found.system.doubts if "加在一起" in doubt.reason]
    assert asked == ["30", "70"]


def test_equal_points_that_fit_no_sum_are_asked_about():
    rows = [
        ["一、职能", "（一）服务", "1.建立制度。", "30"],
        ["一、职能", "（一）服务", "2.公开清单。", "30"],
        ["二、制度", "（一）文件", "3.办结事项。", "50"],
    ]

    assert any("各有一格还是合用一格" in reason for reason in reasons(of_table(*rows)))


def test_a_table_that_was_lost_is_said_so():
    found = of_text(
        "某市指标体系", "一级指标 二级指标 三级指标 分值", "一、职能 服务 1 建立制度 10", "二、制度"
    )

    assert any("没有读成表格" in reason for reason in reasons(found))


@pytest.mark.parametrize(
    "lines",
    [
        ("某市召开指标体系推进会", "会议听取了汇报。"),
        (
            "某市法治政府建设指标任务实施方案",
            "一、总体要求",
            "坚持。",
            "二、重点任务",
            "（一）服务。",
            "（二）执法。",
        ),
        ("某市普法办法", "第一条 为了普法，制定本办法。", "第二条 本办法适用于本市。"),
        ("",),
    ],
)
def test_what_is_no_system_is_told_from_one(lines):
    assert not of_text(*lines).is_system


def test_names_of_persons_and_telephones_stay_out():
    found = of_table(
        ["一、职能", "（一）服务", "1.建立制度。", "市司法局 张建国 13800138000"],
        ["一、职能", "（一）服务", "2.公开清单。", "市财政局"],
        head=(*HEAD[:3], "责任单位及联系人"),
    )

    said = found.system.printed() + "".join(line.text for line in found.system.lines)
    assert "张建国" not in said and "13800138000" not in said
    assert "市司法局" in said


def test_a_very_long_cell_is_read_in_time_that_grows_with_it():
    found = of_table(["一、职能", "（一）服务", "一" * 10_000, "10"])

    assert found.system.indicators
