"""Words of a form and of a task that are no words of the document as a whole."""

import pytest

from models.plan.compile import compile_plan
from models.plan.document import Document
from models.plan.people import cleaned

PLAN = "某县巡查工作方案\n一、工作任务\n1.查档案。（责任单位：县档案馆）\n"


def compiled(*lines):
    return compile_plan(Document.from_text(PLAN + "\n".join(lines) + "\n"))


@pytest.mark.parametrize(
    "blanks",
    [
        "填表人：　　　　联系电话：　　　　审核人：",
        "填报单位：　　　年度：",
        "经办人：　　分管领导：　　日期：",
    ],
)
def test_the_blanks_of_a_form_are_no_sentence_that_breaks_off(blanks):
    assert not compiled("附件：1.月报表", "附件1", "月报表", blanks).truncated


def test_a_list_that_is_announced_and_does_not_come_breaks_off():
    assert compiled("2.查账目。重点查清以下几类账目：").truncated


@pytest.mark.parametrize("label", ["完成时间", "办结时间", "整改时间", "截止日期", "落实时间"])
def test_the_time_of_a_task_is_not_when_the_page_was_published(label):
    assert compiled(f"{label}：2026年4月30日前").published_on is None


@pytest.mark.parametrize("label", ["发布时间", "发布日期", "时间", "来源：县局 时间", "更新时间"])
def test_the_time_of_a_page_is_when_it_was_published(label):
    text = f"{label}：2026-04-30\n" + PLAN

    assert str(compile_plan(Document.from_text(text)).published_on) == "2026-04-30"


@pytest.mark.parametrize("share", ["包岗", "包路", "包楼", "包街", "包校", "包企"])
def test_what_a_cadre_is_in_charge_of_is_no_name(share):
    assert cleaned(f"领导包片，干部{share}，全员上岗", ()) == f"领导包片，干部{share}，全员上岗"
