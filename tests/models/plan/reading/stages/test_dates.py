"""When a stage runs: read whole from a bracket, a heading or a table, or doubted with what was read."""

from datetime import date

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document

HEAD = "某县创建示范县实施方案\n2026年3月6日\n一、实施步骤\n"


def stages(*lines):
    """Return the stages of a plan and the doubts about them, by ordinal."""
    reading = read_plan(Document.from_text(HEAD + "\n".join(lines) + "\n"))
    return reading.plan.stages, [
        (d.ordinal, d.reason) for d in reading.doubts if d.about == "stage"
    ]


def one(when):
    """Return the first of two stages, which runs ``when``, and the doubts about it."""
    found, doubts = stages(
        f"（一）全面实施阶段（{when}）。推进。", "（二）总结阶段（2027年12月）。总结。"
    )
    return found[0], [why for at, why in doubts if at == 1]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2026年4月，2026年8月", "2026年8月"),
        ("2026年4月，国庆节前完成", "国庆节"),
        ("2026年4月至6月，第四季度", "第四季度"),
        ("2026年4月1日，5.10", "5.10"),
        ("2026年4月，下旬", "下旬"),
        ("2026年度：4月至6月", "4月"),
        ("2026年4月底或5月初", "或"),
        ("2026年4月至6月，秋季学期", "秋季"),
        ("农历四月", "农历"),
        ("2026年4月前后", "前后"),
        ("2026年国庆前后", "前后"),
        ("2026年4月20日左右", "左右"),
        ("暂定2026年4月", "暂定"),
        ("预计2026年4月至6月", "预计"),
        ("2026年4月第一周", "第一周"),
        ("2026年暑假", "暑假"),
        ("2026年省考核前", "省考核前"),
        ("2026年4月，按省里部署", "按省里部署"),
        ("2026年4月起，为期三个月", "为期三个月"),
        ("2026年4月—", "—"),
        ("4月15日国庆节", "国庆节"),
    ],
)
def test_words_of_a_date_beside_the_days_that_were_read_are_doubted(when, words):
    _, doubts = one(when)

    assert any(f"“{words}”" in why or "没有读到日期" in why for why in doubts), doubts


def test_a_doubt_says_which_days_were_read():
    _, [doubt] = one("2026年4月至6月，第四季度")

    assert "按2026年4月1日至2026年6月30日读，其中的“第四季度”没有读，请核对" in doubt


@pytest.mark.parametrize(
    "when",
    [
        "2026年4月至6月",
        "2026年4月至6月，为期3个月",
        "2026年4月1日—6月30日，共91天",
        "2026年11月至次年2月",
        "2026年11月至2月",  # over New Year
        "2026年4月起，长期坚持",
        "2026年4月上旬至5月中旬",
        "2026年第二季度",
        "2026年4月至省级验收",
        "即日起至2026年5月底",
        "时间：2026年4月至6月",
        "2026年4月底前完成",
        "时间为2026年4月至6月",
        "计划于2026年4月至6月",
        "12月4日国家宪法日",
        "3月9日（周一）至4月3日（周五）",
        "2026年4月至6月（含6月30日）",
        "2026-2028年",
        "26年4月至6月",
    ],
)
def test_a_period_that_is_read_whole_is_not_doubted(when):
    assert one(when)[1] == []


@pytest.mark.parametrize(
    ("when", "doubted"),
    [
        ("2026年4月1日至3月20日", True),
        ("2026年9月至3月20日", True),  # over half a year
        ("2026年9月至次年3月20日", False),
        ("2026年9月30日至3月20日", False),
        ("2026年9月至2026年3月", True),
    ],
)
def test_an_end_before_its_start_is_doubted_where_it_is_no_winter(when, doubted):
    assert bool(one(when)[1]) == doubted


@pytest.mark.parametrize(
    ("front", "when", "doubted"),
    [
        ("2026年3月", "2月", True),
        ("2026年3月—11月", "1月", False),  # the next January
        ("2026年10月", "1月至3月", False),
        ("2026年10月", "2026年9月", True),
        ("2026年4月", "2026年3月底前", True),
        ("2026年4月", "2026年4月底前", False),
        ("2026年4月", "2026年4月", False),
    ],
)
def test_a_stage_far_behind_or_before_the_one_in_front_is_doubted(front, when, doubted):
    _, doubts = stages(f"（一）动员阶段（{front}）。动员。", f"（二）推进阶段（{when}）。推进。")

    assert bool(doubts) == doubted, doubts
    assert all(at == 2 and "前一阶段" in why for at, why in doubts)


RANGES = [
    ("2026年4月至国庆节前", "2026-04-01", "2026-09-30"),
    ("3月至五一节前", "2026-03-01", "2026-04-30"),
    ("2026年11月到“春节”前", "2026-11-01", "2027-02-05"),
    ("第二、三季度", "2026-04-01", "2026-09-30"),
    ("二、三季度", "2026-04-01", "2026-09-30"),
    ("二至三季度", "2026-04-01", "2026-09-30"),
    ("2-3季度", "2026-04-01", "2026-09-30"),
    ("2026年二、三季度", "2026-04-01", "2026-09-30"),
    ("2026年第二季度和第三季度", "2026-04-01", "2026-09-30"),
    ("第二季度至第四季度", "2026-04-01", "2026-12-31"),
    ("第二至第四季度", "2026-04-01", "2026-12-31"),
    ("前三季度", "2026-01-01", "2026-09-30"),
    ("2026.4-10", "2026-04-01", "2026-10-31"),
    ("2026.10—12", "2026-10-01", "2026-12-31"),
    ("2026.4至10月", "2026-04-01", "2026-10-31"),
    ("2026.4.1-10.31", "2026-04-01", "2026-10-31"),
    ("2026-4-10", "2026-04-10", "2026-04-10"),  # one mark throughout is one day
    ("2026年4月、5月", "2026-04-01", "2026-05-31"),
    ("2026年4—6月", "2026-04-01", "2026-06-30"),
    ("4月、5月和6月", "2026-04-01", "2026-06-30"),
    ("4、5、6月", "2026-04-01", "2026-06-30"),
    ("2026-2028年", "2026-01-01", "2028-12-31"),
    ("2026年2至4季度", "2026-04-01", "2026-12-31"),
    ("3月9日（周一）至4月3日", "2026-03-09", "2026-04-03"),
    ("拟定于2026年4月", "2026-04-01", "2026-04-30"),
    ("4月6日一5月31日", "2026-04-06", "2026-05-31"),  # 一 for a dash
    ("2026年4月 一 5月", "2026-04-01", "2026-05-31"),
    ("12月、次年1月", "2026-12-01", "2026-12-31"),  # doubted: the other is left
]


@pytest.mark.parametrize(("when", "start", "end"), RANGES)
def test_a_range_of_a_stage_is_read_whole(when, start, end):
    stage, doubts = one(when)

    assert (str(stage.start), str(stage.end), stage.name) == (start, end, "全面实施阶段")
    assert bool(doubts) == ("次年" in when), doubts


@pytest.mark.parametrize(("when", "start", "end"), RANGES[:-1])
def test_a_range_in_a_table_of_stages_is_read_whole(when, start, end):
    found, doubts = stages(
        "| 阶段 | 时间 | 工作内容 |",
        f"| 全面实施阶段 | {when} | 推进 |",
        "| 总结阶段 | 2027年12月 | 总结 |",
    )

    assert (str(found[0].start), str(found[0].end), found[0].name) == (start, end, "全面实施阶段")
    assert not doubts


@pytest.mark.parametrize(
    ("when", "end"), [("4月、6月", "2026-06-30"), ("二、四季度", "2026-12-31")]
)
def test_a_stage_of_times_that_do_not_touch_is_doubted(when, end):
    stage, [doubt] = one(when)

    assert (str(stage.start), str(stage.end)) == ("2026-04-01", end)
    assert "不相连" in doubt


@pytest.mark.parametrize(
    ("when", "end"),
    [("全年", "2026-12-31"), ("上半年", "2026-06-30"), ("一、二季度", "2026-06-30")],
)
def test_a_stretch_that_began_before_the_stage_in_front_is_what_is_left_of_it(when, end):
    found, [(at, doubt)] = stages(
        "（一）动员阶段（2026年3月）。动员。", f"（二）推进阶段（{when}）。推进。"
    )

    assert (str(found[1].start), str(found[1].end), at) == ("2026-04-01", end, 2)
    assert "从它结束的次日读起" in doubt


@pytest.mark.parametrize(
    ("heading", "steps"),
    [
        ("1.宣传发动阶段：2026年3月底前。", []),
        ("1.宣传发动阶段：2026年3月底前。召开会议。", ["召开会议"]),
        ("1.宣传发动阶段（2026年3月底前）。召开会议。", ["召开会议"]),
        ("1.宣传发动阶段。时间：2026年3月底前；召开会议。", ["时间：2026年3月底前；召开会议"]),
    ],
)
def test_the_words_of_its_date_are_no_step_of_a_stage(heading, steps):
    found, _ = stages(heading, "2.总结阶段：2026年12月。")

    assert (str(found[0].end), found[0].steps) == ("2026-03-31", steps)
    assert found[1].steps == []


@pytest.mark.parametrize(
    ("heading", "name", "start", "end"),
    [
        ("今年下半年，全面实施阶段", "全面实施阶段", "2026-07-01", "2026-12-31"),
        ("明年1月至3月，全面实施阶段", "全面实施阶段", "2027-01-01", "2027-03-31"),
        ("26年4月至6月，全面实施阶段", "全面实施阶段", "2026-04-01", "2026-06-30"),
        ("二○二六年四月—二○二六年六月，全面实施阶段", "全面实施阶段", "2026-04-01", "2026-06-30"),
        ("前三季度，全面实施阶段", "全面实施阶段", "2026-01-01", "2026-09-30"),
        ("截至2026年9月底，全面实施阶段", "全面实施阶段", "None", "2026-09-30"),
        ("计划于2026年4月，全面实施阶段", "全面实施阶段", "2026-04-01", "2026-04-30"),
        ("2026—2027年，全面实施阶段", "全面实施阶段", "2026-01-01", "2027-12-31"),
        ("五一节后至国庆节前，全面实施阶段", "", "None", "None"),  # doubted
    ],
)
def test_a_date_at_the_head_of_a_heading_is_read_from_its_first_word(heading, name, start, end):
    found, doubts = stages(f"（一）{heading}。推进。", "（二）总结阶段（2028年12月）。总结。")

    assert (str(found[0].start), str(found[0].end)) == (start, end)
    assert found[0].name == name if name else doubts


@pytest.mark.parametrize(
    "text",
    [
        "全面实施阶段：2026年4月至6月，7月至8月。推进",
        "2026年4月至6月，7月至8月，全面实施阶段。推进",
    ],
)
def test_a_second_period_behind_a_comma_is_doubted_wherever_it_stands(text):
    _, doubts = stages(f"（一）{text}。", "（二）总结阶段（2028年12月）。总结。")

    assert any(at == 1 and "“7月”没有读" in why for at, why in doubts), doubts


@pytest.mark.parametrize(
    ("when", "doubted"),
    [("2025年3月至5月", True), ("2025年12月", False), ("2025年11月至2026年4月", False)],
)
def test_a_stage_of_last_year_is_doubted(when, doubted):
    assert any("请核对年份" in why for why in one(when)[1]) == doubted


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (  # the name behind a dash is no event that ends the stage
            ["（一）3月——动员部署。", "（二）4月至9月——全面实施。", "（三）10月——总结验收。"],
            [
                ("2026-03-01", "2026-03-31"),
                ("2026-04-01", "2026-09-30"),
                ("2026-10-01", "2026-10-31"),
            ],
        ),
        (
            [
                "动员阶段（3月上旬）。开会。",
                "实施阶段（二、三季度）。推进。",
                "总结阶段（国庆至年底）。",
            ],
            [
                ("2026-03-01", "2026-03-10"),
                ("2026-04-01", "2026-09-30"),
                ("2026-10-01", "2026-12-31"),
            ],
        ),
        (
            [
                "（一）动员阶段，2026年3月1日开始，3月31日结束。",
                "（二）实施阶段，自4月1日开始，至10月31日结束。",
                "（三）总结阶段（实施阶段结束后1个月内）。",
            ],
            [
                ("2026-03-01", "2026-03-31"),
                ("2026-04-01", "2026-10-31"),
                ("2026-11-01", "2026-11-30"),
            ],
        ),
        (
            [
                "（一）动员阶段（印发后半年内）。",
                "（二）实施阶段（10月）。",
                "（三）总结阶段（11月）。",
            ],
            [
                ("2026-03-06", "2026-09-06"),
                ("2026-10-01", "2026-10-31"),
                ("2026-11-01", "2026-11-30"),
            ],
        ),
    ],
)
def test_stages_in_other_forms_are_read_one_by_one(lines, days):
    found, _ = stages(*lines)

    assert [(str(stage.start), str(stage.end)) for stage in found] == days
    assert all(len(stage.name) >= 4 for stage in found)


@pytest.mark.parametrize(
    "lines",
    [
        [
            "（一）动员阶段（2026年3月），（二）实施阶段（2026年4月至10月）。",
            "（二）总结阶段（12月）。",
        ],
        [
            "（一）动员阶段（2026年3月）。开会。实施阶段（青稞节前）。推进。",
            "（二）总结阶段（12月）。",
        ],
        ["（一）动员阶段（2026年3月）（2026年4月）。", "（二）总结阶段（12月）。"],
    ],
)
def test_a_stage_that_hides_in_the_text_of_another_is_doubted(lines):
    _, doubts = stages(*lines)

    assert [at for at, why in doubts if "没有分开" in why or "没有读" in why] == [1], doubts


@pytest.mark.parametrize("when", ["时间：2026年4月", "（2026年4月）", "计划2026年4月"])
def test_a_label_in_a_cell_of_a_time_is_no_part_of_it(when):
    found, doubts = stages(
        "| 阶段 | 时间 | 内容 |", f"| 实施 | {when} | 推进 |", "| 总结 | 5月 | 总结 |"
    )

    assert (str(found[0].start), str(found[0].end), doubts) == ("2026-04-01", "2026-04-30", [])


@pytest.mark.parametrize(
    ("lines", "steps"),
    [
        (
            [
                "（一）第一阶段（2026年3月）：动员部署。召开会议。",
                "（二）第二阶段（2026年4月）：攻坚。",
            ],
            ["动员部署", "召开会议"],
        ),
        (
            [
                "（一）第一阶段：动员部署（2026年3月）。召开会议。",
                "（二）第二阶段：攻坚（2026年4月）。",
            ],
            ["召开会议"],
        ),
        (
            [
                "（一）第一阶段：动员部署（2026年3月）",
                "1.召开会议。",
                "2.印发方案。",
                "（二）第二阶段：攻坚（2026年4月）",
            ],
            ["召开会议", "印发方案"],
        ),
        (
            ["1.第一阶段：动员部署（2026年3月）。召开会议。", "2.第二阶段：攻坚（2026年4月）。"],
            ["召开会议"],
        ),
        (
            [
                "（一）第一阶段动员部署（2026年3月）。召开会议。",
                "（二）第二阶段攻坚（2026年4月）。",
            ],
            ["召开会议"],
        ),
        (
            ["第一阶段：动员部署（2026年3月）。召开会议。", "第二阶段：攻坚（2026年4月）。"],
            ["召开会议"],
        ),
    ],
)
def test_the_first_stage_is_read_as_the_others_when_two_numbers_stand_before_it(lines, steps):
    (first, second), doubts = stages(*lines)

    assert (first.name, first.start, first.end) == ("动员部署", date(2026, 3, 1), date(2026, 3, 31))
    assert first.steps == steps
    assert (second.name, second.start) == ("攻坚", date(2026, 4, 1))
    assert not doubts


STARTS = [
    ("2026年4月", "2026-04-01"),
    ("4月10日", "2026-04-10"),
    ("2026.4", "2026-04-01"),
    ("4.10", "2026-04-10"),
    ("二季度", "2026-04-01"),
    ("五一", "2026-05-01"),
    ("26年4月", "2026-04-01"),
    ("今年4月", "2026-04-01"),
]
ENDS = [
    ("10月", "2026-10-31"),
    ("10月20日前", "2026-10-20"),
    ("2026.10", "2026-10-31"),
    ("10.20", "2026-10-20"),
    ("四季度", "2026-12-31"),
    ("年底", "2026-12-31"),
    ("国庆节前", "2026-09-30"),
    ("2026/10/20", "2026-10-20"),
    ("次年3月", "2027-03-31"),
    ("2027年", "2027-12-31"),
]


@pytest.mark.parametrize(
    "joint", ["至", "—", "～", "——至", "起至", "、", "和", "，", "；", "/", "·", ""]
)
@pytest.mark.parametrize(
    "form",
    [
        "（一）全面实施阶段（{}）。推进工作。",
        "（一）全面实施阶段：{}。推进工作。",
        "（一）{}，全面实施阶段。推进工作。",
    ],
)
def test_whatever_joins_two_dates_a_stage_has_both_or_a_doubt(joint, form):
    for first, start in STARTS:
        for last, end in ENDS:
            found, doubts = stages(
                form.format(f"{first}{joint}{last}"), "（二）总结阶段（2028年12月）。总结。"
            )
            read = (str(found[0].start), str(found[0].end))
            assert read == (start, end) or [at for at, _ in doubts if at == 1], (first, last, read)


def test_a_stage_that_a_sentence_tells_is_named_without_its_verb():
    read = read_plan(
        Document.from_text(
            "某市整治工作方案\n一、时间安排\n分为两个阶段：第一阶段（2026年5月）为动员部署阶段。开会。"
            "第二阶段（2026年6月至7月）为组织实施阶段。检查。\n"
        )
    )

    assert [stage.name for stage in read.plan.stages] == ["动员部署阶段", "组织实施阶段"]


def test_a_stage_is_named_without_the_words_that_its_time_follows():
    read = read_plan(
        Document.from_text(
            "某市整治工作方案\n一、活动步骤\n第一阶段：动员部署阶段，时间为2026年5月1日至10日。开会。\n"
            "第二阶段：组织实施阶段，时间为2026年6月1日至30日。检查。\n"
        )
    )

    assert [stage.name for stage in read.plan.stages] == ["动员部署阶段", "组织实施阶段"]
    assert [str(stage.start) for stage in read.plan.stages] == ["2026-05-01", "2026-06-01"]
