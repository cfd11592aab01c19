"""Words of a form and of a task that are no words of the document as a whole."""

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.persons.people import cleaned
from models.plan.reading.text.document import Document

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


@pytest.mark.parametrize(
    "lines",
    [
        ("各乡镇党委、政府，各街道党工委、办事处，县委各部委，县", "直各部门（单位）："),
        ("各县（市、区）委全面依法治县（市、区）委员会办公室，", "市直有关单位："),
        ("各村（社区）党组织、村（居）委会，镇直各站所、各办（中", "心）、各有关单位："),
        (
            "各县区人民政府，市政府各部门，各直属机构，市属各企业，",
            "各人民团体，各高等院校，驻市各单位，",
            "各新闻机构：",
        ),
    ],
)
def test_addressees_that_a_page_wraps_are_read_whole(lines):
    text = "关于印发巡查方案的通知\n" + "\n".join(lines) + "\n现印发给你们。\n" + PLAN

    assert compile_plan(Document.from_text(text)).addressees == "".join(lines).rstrip("：")


def test_the_bodies_that_issue_are_not_addressed():
    text = "云溪区司法局、云溪区民政局\n关于印发巡查方案的通知\n各镇街，区级各部门：\n" + PLAN

    assert compile_plan(Document.from_text(text)).addressees == "各镇街，区级各部门"
