"""What a visit may not ask of a unit, and what is no problem."""

import pytest

from models.rules.visits.asked_of_units import burden_fault

REFUSED = [
    ("单位主要负责人陪同检查", "主要负责人"),
    ("请一把手到场", "主要负责人"),
    ("听取党政主要负责同志汇报", "主要负责人"),
    ("没有活动照片", "照片"),
    ("会议照片不足三张", "照片"),
    ("截图缺失", "照片"),
    ("在全区排名靠后", "排名"),
]
ALLOWED = [
    "专班人员谈分工和进展",
    "公示栏没有更新",
    "不要求主要负责人陪同",
    "执法全过程音像记录没有归档",  # 行政执法程序 asks for it; no photograph of an activity
    "不必附照片",
    "主要负责人述法报告没有公开",
    "不给单位排名",
]


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_a_burden_is_named(text, words):
    assert words in burden_fault(text)


@pytest.mark.parametrize("text", ALLOWED)
def test_what_is_no_burden_may_stand(text):
    assert burden_fault(text) == ""
