"""What a person is asked about words that no rule took, and what a yes would put into the plan."""

import pytest

from models.plan.reading.accounting.told import doubts_told
from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document

PLAN = """某市示范创建实施方案
一、主要任务
1.加强执法。{task}（牵头单位：市司法局）
2.加强宣传。（牵头单位：市委宣传部）
二、实施步骤
（一）启动阶段（2026年3月）。
三、保障措施
{measure}
某市人民政府
2026年2月1日"""


def asked(task: str = "", measure: str = "") -> list:
    read = read_plan(Document.from_text(PLAN.format(task=task, measure=measure)))
    told = doubts_told(read.plan, read.doubts, read.marked.grounds)
    return [each for each in told if "没有收进方案" in each.reason]


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("各单位于12月5日前将总结报市司法局。", "12月5日"),
        ("市创建办每5天调度一次。", "每5天"),
    ],
)
def test_a_date_or_period_that_has_no_place_is_asked(measure, words):
    [doubt] = asked(measure=measure)

    assert words in doubt.reason
    assert doubt.text == measure
    assert doubt.line == 8


@pytest.mark.parametrize(
    "measure",
    [
        "根据《法治政府建设实施纲要（2021—2025年）》要求，加强领导。",
        "各单位要定期报送情况，不定期开展督查。",
        "市公安局、市教育局要密切配合，形成合力。",
        "近年来，办结率已提高12%。",
        "建立一个专班，明确2名联络员。",
        "印发之日起施行，有效期五年。",
    ],
)
def test_what_is_plainly_no_fact_is_not_asked(measure):
    assert asked(measure=measure) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("现印发给你们。请于3月10日前将分工报市创建办。", ["3月10日"]),
        ("请于3月10日（星期二）17时前将名单（姓名、联系电话）报市创建办。", ["3月10日"]),
        ("请于3月10日前明确联络员，并将名单报市创建办。", ["3月10日"]),
        ("请分别于6月10日、8月10日前报送小结。", ["6月10日", "8月10日"]),
        ("联系人：某科，联系电话：（略），办公时间到12月底。", []),
        ("按照省政府2026年12月底前完成整改的要求，现印发给你们。", []),
    ],
)
def test_a_notice_in_front_may_say_until_when_something_is_sent(line, words):
    notice = (
        f"关于印发某市示范创建实施方案的通知\n各区县政府：\n{line}\n某市人民政府\n2026年2月1日\n"
    )
    read = read_plan(Document.from_text(notice + PLAN.format(task="", measure="")))
    told = " ".join(doubt.reason for doubt in read.doubts if "没有收进方案" in doubt.reason)

    assert [word for word in ("3月10日", "6月10日", "8月10日", "12月底") if word in told] == words


def test_a_yes_would_put_a_number_where_it_stands():
    [doubt] = [each for each in asked(task="评估结果纳入绩效考核，占比5%。") if each.proposal]

    assert doubt.where == "tasks[0].targets"
    assert [each["value"] for each in doubt.proposal] == [5]
