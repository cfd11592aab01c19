"""Counts that nobody read: where a person is asked about one, and where it asks for nothing."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document

PLAN = "某县创建工作方案\n一、重点任务\n（一）抓好落实。{}（牵头单位：县司法局；完成时限：2026年9月底）\n"


def asked(sentence: str) -> list[str]:
    """Return the reasons of the doubts about numbers of a sentence in a task."""
    reading = read_plan(Document.from_text(PLAN.format(sentence)))
    return [each.reason for each in reading.doubts if each.reason.startswith("数字")]


@pytest.mark.parametrize(
    "sentence",
    [
        "完成曼洪村老寨组滑坡、南板河右岸泥石流沟等4处隐患点工程治理。",
        "每处隐患点落实群测群防员，大型以上隐患点落实2名。",
        "打通断头路3条后恢复通行。",
        "年度20件民生实事完成过半。",
        "县财政安排以奖代补资金600万元，随进度拨付。",  # money that is put up
    ],
)
def test_a_count_that_may_be_asked_for_is_a_doubt(sentence):
    assert len(asked(sentence)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "对42条背街小巷开展集中清理。",  # what it is done to
        "围绕6条重点产业链逐条研究。",
        "前期共排查自建房21364户，户户建档。",  # what there is
        "明确14项重点任务，逐项落实。",
        "各站点实行24小时值班。",
        "对照88个三级指标逐条自查。",
    ],
)
def test_a_count_that_describes_is_none(sentence):
    assert asked(sentence) == []


@pytest.mark.parametrize("sentence", ["添置法治帐篷60筐，逐顶验收。", "捕捞鱼苗3.5万舱以上。"])
def test_a_count_in_a_measure_that_no_list_has_is_a_doubt(sentence):
    assert len(asked(sentence)) == 1
