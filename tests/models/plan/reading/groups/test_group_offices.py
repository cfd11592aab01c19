"""Offices of groups: a place and the post of the head, whatever words say so; no name is kept."""

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document

HEAD = "某县创建工作方案\n一、重点任务\n1.加强执法。（牵头单位：县司法局）\n二、组织保障\n"
LEADING = "（一）加强领导。成立县创建工作领导小组，由县长任组长。"


def groups_of(text: str):
    plan = compile_plan(
        Document.from_text(f"{HEAD}{LEADING}{text}\n（二）强化督导。各单位要落实。")
    )
    assert not [name for name in ("王某", "王甲乙", "李某") if name in plan.model_dump_json()]
    assert (plan.groups[0].head_post, plan.groups[0].deputy_posts) == ("县长", [])
    return plan.groups


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (
            "领导小组办公室设在县司法局，负责日常工作，办公室主任由县司法局局长兼任。",
            "县司法局局长",
        ),
        ("领导小组办公室设县司法局，主任由县司法局局长兼任。", "县司法局局长"),
        ("领导小组办公室主任由县司法局局长担任，办公室设在县司法局。", "县司法局局长"),
        ("领导小组下设办公室，地点设在县司法局，主任由县司法局局长兼任。", "县司法局局长"),
        ("领导小组办公室由县司法局局长兼任主任，设在县司法局。", "县司法局局长"),
        ("领导小组在县司法局设办公室，由县司法局局长任主任。", "县司法局局长"),
        ("领导小组下设办公室（县司法局），由县司法局局长兼任主任。", "县司法局局长"),
        ("领导小组下设办公室，办公地点设在县司法局，王某某兼任办公室主任。", "办公室主任"),
        ("领导小组办公室与县司法局合署办公，办公室主任由王甲乙同志兼任。", "办公室主任"),
        ("领导小组办公室日常工作由县司法局承担，办公室主任由县司法局局长兼任。", "县司法局局长"),
        ("县司法局承担领导小组办公室日常工作，县司法局局长王某某兼任办公室主任。", "县司法局局长"),
        ("领导小组下设办公室，日常工作由县司法局承担。", None),
        ("领导小组办公室设在县司法局，由县司法局局长任主任，李某同志为联络员。", "县司法局局长"),
    ],
)
def test_an_office_is_read_whatever_words_say_where_it_is(text, head):
    office = groups_of(text)[-1]

    assert office.name.endswith("办公室")
    assert (office.parent, office.located_in) == ("县创建工作领导小组", "县司法局")
    assert office.head_post == head


@pytest.mark.parametrize(
    "text",
    ["领导小组不设办公室，日常工作由县司法局承担。", "领导小组日常工作由县司法局负责。"],
)
def test_without_an_office_the_group_is_where_its_daily_work_is_done(text):
    [group] = groups_of(text)

    assert group.located_in == "县司法局"


def test_a_group_that_leans_on_a_body_has_its_place_there():
    group = groups_of("依托县司法局设立工作专班，由县司法局局长任专班负责人。")[-1]

    assert (group.name, group.located_in) == ("工作专班", "县司法局")
    assert group.head_post == "县司法局局长"


def test_the_head_of_the_office_is_no_deputy_of_the_group():
    text = "县公安局局长王某某任办公室主任，县司法局、县财政局为成员单位。"
    group, office = groups_of(f"成立县创建工作领导小组，由县长任组长，{text}")

    assert group.member_units == ["县司法局", "县财政局"]
    assert (office.name, office.head_post) == ("办公室", "县公安局局长")


def test_an_office_has_all_its_posts_members_and_duties():
    office = groups_of(
        "办公室设在县司法局，办公室主任由县司法局局长担任，副主任由县财政局副局长、县公安局副局长担任，"
        "联络员由县司法局法治股股长担任，成员由县司法局、县财政局业务骨干组成，具体负责：1.统筹协调；2.督促检查。"
    )[-1]

    assert (office.located_in, office.head_post) == ("县司法局", "县司法局局长")
    assert office.deputy_posts == ["县财政局副局长", "县公安局副局长"]
    assert office.liaison_post == "县司法局法治股股长"
    assert office.member_units == ["县司法局", "县财政局"]
    assert office.duties == ["统筹协调", "督促检查"]


def test_behind_a_list_of_people_the_office_keeps_its_head():
    office = compile_plan(
        Document.from_text(
            f"{HEAD}组长：王某某　县长\n成员：李某　县司法局局长\n领导小组办公室设在县司法局，办公室主任由李某同志兼任。"
        )
    ).groups[-1]

    assert (office.located_in, office.head_post) == ("县司法局", "办公室主任")


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("成立工作专班。组长由副县长担任。办公室设在县司法局。", "工作专班"),
        ("成立工作专班，组长由副县长担任，专班办公室设在县司法局。", "工作专班"),
        ("成立工作专班。组长由副县长担任。领导小组办公室设在县司法局。", "领导小组"),
        ("成立工作专班。组长由副县长担任。\n办公室设在县司法局。", "领导小组"),
    ],
)
def test_an_office_is_of_the_group_that_its_line_is_about(text, above):
    founded = "（一）加强领导。成立领导小组，组长由县长担任。\n（二）强化保障。"
    groups = compile_plan(Document.from_text(f"{HEAD}{founded}{text}")).groups

    assert [each.parent for each in groups if each.located_in == "县司法局"] == [above]
