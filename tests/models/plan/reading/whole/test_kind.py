"""What a document is, and whether anything in it says so."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document
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
        # The text says that it is a plan although the title does not.
        ("某市依法行政", ["工作目标", "主要任务", "保障措施"], "", K.WORK_PLAN, True),
    ],
)
def test_a_document_is_judged_and_what_says_nothing_is_known(title, headings, text, kind, said):
    judged = kind_of(title, "", text, headings)

    assert (judged.kind, judged.said) == (kind, said)


def test_a_reading_knows_whether_its_kind_was_said():
    assert read_plan(Document.from_text("某市创建工作方案\n一、任务\n1.加强执法。")).kind_said
    assert read_plan(Document.from_text("某市创建工作总结\n一、做法\n1.加强执法。")).kind_said
    assert not read_plan(Document.from_text("采购合同\n一、货物\n1.桌椅十套。")).kind_said
