"""Who is liaison, where a sentence behind a group's list says so."""

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document

LIST = "成立县法治建设工作领导小组。\n组  长：县长\n副组长：常务副县长\n成  员：县司法局、县财政局、县公安局主要负责同志\n"
OFFICE = "领导小组下设办公室，办公室设在县司法局，办公室主任由县司法局局长兼任。\n"
PROSE = "成立由县长任组长，县司法局、县财政局、县公安局为成员单位的县法治建设工作领导小组。"


def groups(said: str):
    text = f"清河县法治建设工作方案\n一、组织领导\n{said}\n二、重点任务\n（一）完善制度。（责任单位：县司法局）\n2026年2月3日"
    return compile_plan(Document.from_text(text)).groups


@pytest.mark.parametrize("before", [LIST, LIST + OFFICE, PROSE])
@pytest.mark.parametrize(
    "said, post",
    [
        ("联络员由各成员单位法制科科长担任。", "各成员单位法制科科长"),
        ("各成员单位法制科科长为联络员。", "各成员单位法制科科长"),
        ("成员单位联络员由各单位分管负责人担任。", "各单位分管负责人"),
        ("各成员单位确定一名联络员，由业务科室负责人担任。", "业务科室负责人"),
    ],
)
def test_a_sentence_that_names_the_liaison_is_the_groups(before, said, post):
    group = groups(before + said)[0]

    assert group.liaison_post == post
    assert all("联络员" not in member for member in group.member_posts)


@pytest.mark.parametrize(
    "said",
    ["联络员由专人担任。", "各成员单位要确定联络员，负责日常工作。", "联络员由各单位另行报送。"],
)
def test_a_sentence_without_a_post_names_no_liaison(said):
    assert groups(LIST + said)[0].liaison_post is None


def test_the_liaison_of_a_list_stays():
    group = groups(LIST + "联络员：县司法局法制科科长\n联络员由各成员单位科室负责人担任。")[0]

    assert group.liaison_post == "县司法局法制科科长"
