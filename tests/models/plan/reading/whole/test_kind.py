"""What a document is, and whether anything in it says so."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document
from models.plan.reading.whole.head import read_indicator_counts
from models.plan.reading.whole.kind import kind_of
from models.rules.words import DocumentKind as K


@pytest.mark.parametrize(
    ("title", "headings", "text", "kind", "said"),
    [
        ("某市创建工作方案", ["主要任务"], "", K.WORK_PLAN, True),
        ("某市创建工作总结", ["主要做法"], "", K.REPORT, True),
        ("某市创建工作简报", [], "", K.BRIEFING, True),
        ("关于召开全市推进会的通知", [], "", K.REPORT, True),
        # Nothing says what these are: no word of a plan, none of a report.
        ("某市法治政府建设", ["组织领导"], "各单位抓好落实。", K.REPORT, False),
        ("某市创建法治政府", [], "依法行政，人人有责。", K.REPORT, False),
        ("", [], "", K.REPORT, False),
        ("采购合同", ["货物", "付款"], "甲方向乙方付款。", K.REPORT, False),
        ("会议室使用登记", [], "序号、日期、部门。", K.REPORT, False),
        # One thing done is in the preamble of many plans; a reporter's headline alone is no news.
        ("某市法治政府建设", ["组织领导"], "我市已建成法治广场。", K.REPORT, False),
        ("某市举办法治讲堂", [], "人人有责。", K.NEWS, False),
        ("某市举办法治讲堂", [], "昨日举办了法治讲堂。", K.NEWS, True),
        # The text says it: chapters of a report, many things done, an issue, a reporter.
        ("某市法治政府建设", ["主要做法", "存在的问题"], "", K.REPORT, True),
        ("某市依法行政", ["一"], "召开了会议，开展了检查，完成了整改。", K.REPORT, True),
        ("某市依法行政", [], "第12期\n依法行政。", K.BRIEFING, True),
        ("某市依法行政", [], "本报讯，依法行政。", K.NEWS, True),
        ("某镇召开整治工作会", ["第一阶段"], "5月6日下午，某镇召开整治工作会议。", K.NEWS, True),
        ("某镇部署整治", ["一"], "会上，副镇长解读了方案。", K.NEWS, True),
        ("某镇部署整治", ["一"], "会议指出，要抓紧。会议强调，要落实。", K.NEWS, True),
        # A year behind the noun, and lists by what they are.
        ("某镇秸秆禁烧工作方案2026", [], "", K.WORK_PLAN, True),
        ("政府工作报告重点工作责任分解", [], "", K.WORK_PLAN, True),
        # The text says that it is a plan although the title does not.
        ("某市依法行政", ["工作目标", "主要任务", "保障措施"], "", K.WORK_PLAN, True),
    ],
)
def test_a_document_is_judged_and_what_says_nothing_is_known(title, headings, text, kind, said):
    judged = kind_of(title, "", text, headings)

    assert (judged.kind, judged.said) == (kind, said)


@pytest.mark.parametrize(
    ("title", "text", "assigned", "kind"),
    [
        ("某市稳增长若干政策措施", "", 2, K.WORK_PLAN),
        ("某市稳增长若干政策措施", "", 1, K.REPORT),
        ("某市助企纾困实施细则", "", 2, K.WORK_PLAN),
        ("某市助企纾困实施细则", "", 0, K.REPORT),
        ("某市扎实推进稳增长实施方案", "", 2, K.IMPLEMENTATION_PLAN),
        # What reports stays what it is, and so does a system of indicators.
        ("某市稳增长工作总结", "", 9, K.REPORT),
        ("某市稳增长若干措施", "本报讯，稳增长。", 9, K.NEWS),
        ("某市稳增长", "召开了会议，开展了检查，完成了整改。", 2, K.REPORT),
        ("某市法治建设示范指标体系", "", 9, K.REPORT),
        ("某市民生实事项目", "完成情况：已开工。实际完成情况：已通车。", 2, K.REPORT),
    ],
)
def test_items_that_say_who_does_them_make_a_plan(title, text, assigned, kind):
    assert kind_of(title, "", text, ["一"], assigned).kind is kind


def test_a_reading_counts_the_items_that_say_who_does_them():
    measures = (
        "某市稳增长若干政策措施\n一、减负\n1.减税。（责任单位：市税务局）\n2.降费。（市医保局牵头）"
    )

    assert compile_kind(measures) is K.WORK_PLAN
    assert compile_kind(measures.replace("（市医保局牵头）", "（6月底前）")) is K.REPORT


def compile_kind(text: str) -> K:
    return read_plan(Document.from_text(text)).plan.kind


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("12.4法制宣传日活动方案", "12.4法制宣传日活动方案"),
        ("3.15消费者权益日活动方案", "3.15消费者权益日活动方案"),
        ("“12.4”国家宪法日活动方案", "“12.4”国家宪法日活动方案"),
    ],
)
def test_a_title_may_begin_with_the_day_that_it_is_about(title, read):
    text = f"{title}\n一、活动安排\n1.12月4日现场咨询。（县司法局负责）\n2.12月5日送法下乡。（县教育局负责）"
    plan = read_plan(Document.from_text(text)).plan

    assert (plan.title, plan.is_plan) == (read, True)
    assert [task.responsible_units for task in plan.tasks] == [["县司法局"], ["县教育局"]]


def test_a_reading_knows_whether_its_kind_was_said():
    assert read_plan(Document.from_text("某市创建工作方案\n一、任务\n1.加强执法。")).kind_said
    assert read_plan(Document.from_text("某市创建工作总结\n一、做法\n1.加强执法。")).kind_said
    assert not read_plan(Document.from_text("采购合同\n一、货物\n1.桌椅十套。")).kind_said


@pytest.mark.parametrize(
    ("printed", "number"), [("第12期", 12), ("（第十二期）", 12), ("试刊", None)]
)
def test_the_issue_of_a_series_is_read_in_figures_and_in_words(printed, number):
    reading = read_plan(
        Document.from_text(f"法治简报\n{printed}\n某市司法局\n一、工作情况\n推进检查。")
    )

    assert reading.plan.issue_number == number


@pytest.mark.parametrize(
    ("text", "counts"),
    [("共有10个一级指标、二十四项二级指标", (10, 24, None)), ("设三个一级指标", (3, None, None))],
)
def test_indicators_are_counted_in_figures_and_in_words(text, counts):
    read = read_indicator_counts(text)

    assert read is not None
    assert (read.level1, read.level2, read.level3) == counts
