"""The page that a line of a letter leads to."""

from dataclasses import replace

import pytest

from deployments.window.ways import every_way
from models.rules.notices.office_pages import PAGE_OF_RULE
from models.rules.notices.rule_words import RULE_WORDS, STAGE_RULES
from models.rules.words import Level
from notifications import links
from notifications.letter import letter
from notifications.letter_lines import DECISION_RULES, answer_page, deed_of, line_of
from notifications.personal import personal
from tests.notifications.test_templates import notice

OUTCOMES = (
    "decision_unanswered",
    "decision_escalated",
    "stage_returned",
    "opening_refused",
    "stage_postponed",
    "stage_closed",
    "decision_overtaken",
    "decision_objected",
)
ELSEWHERE = ("M3", "D1.2025-07-28.3")


@pytest.mark.parametrize("code", ["W5", "S2.1", "G2.1", "D1.2025-07-28"])
def test_an_item_of_the_plan_leads_to_its_page(code):
    assert answer_page(replace(notice(1, kind="milestone"), code=code))


@pytest.mark.parametrize(
    ("unit", "owner", "deed", "page"),
    [
        (1, 1, "登记进展", "/register?unit=1"),
        (
            None,
            1,
            "查看事项",
            "?unit=1",
        ),  # the office is told of a unit's: it is the unit's to register
    ],
)
def test_everybody_registers_what_is_their_own_and_looks_at_the_rest(unit, owner, deed, page):
    line = line_of(replace(notice(1), unit_id=unit, owner_id=owner), None, several=False)

    assert (line["deed"], line["link"]) == (deed, f"{links.board('mou-shi')}/i/W1{page}")


@pytest.mark.parametrize("code", ELSEWHERE)
def test_what_is_registered_where_it_lives_leads_to_the_page_that_says_how_it_stands(code):
    one = replace(notice(1, kind="milestone"), code=code)

    assert (deed_of(one), answer_page(one)) == ("查看事项", links.item_page("mou-shi", code))


@pytest.mark.parametrize(
    ("code", "deed", "page"),
    [
        ("F12", "查看问题、报整改", "f/F12"),
        ("C5", "查看内容、答复", "f/C5"),
        ("V1.12", "查看走访、报结果", "visits/V1.12"),
    ],
)
def test_a_finding_and_a_visit_lead_to_their_own_page(code, deed, page):
    one = replace(notice(1, kind="milestone"), code=code, unit_id=1, owner_id=1)
    there = links.board("mou-shi", page)

    assert (deed_of(one), answer_page(one)) == (deed, there)
    told = replace(one, unit_id=None)  # the office hears of it, or a leader
    assert (deed_of(told), answer_page(told)) == ("查看事项", there)
    leader = replace(one, level=Level.LEADER, unit_id=None, owner_id=None)
    assert (deed_of(leader), answer_page(leader)) == ("查看事项", there)
    indicator = replace(one, subject_kind="assignment")  # one of the same code
    assert answer_page(indicator) == links.register_page("mou-shi", code, 1)


@pytest.mark.parametrize("level", [Level.LEADER, Level.GROUP_HEAD])
@pytest.mark.parametrize(("kind", "part"), [("assignment", "?unit=1"), ("milestone", "")])
def test_a_leader_s_list_of_late_items_leads_to_the_page_of_each(level, kind, part):
    """To look at: registering is the units' and the office's, even of what the office owns."""
    for owner in (1, None):
        told = {"level": level, "unit_id": None, "owner_id": owner}
        one = replace(notice(1, kind=kind), **told)
        there = part if owner else ""

        assert deed_of(one) == "查看事项"
        assert answer_page(one) == f"{links.board('mou-shi')}/i/W1{there}"


@pytest.mark.parametrize(
    ("rule", "known", "unit", "page"),
    [
        ("decision_asked", {"decision_id": 7, "last_decision_id": 7}, None, "/d/7"),
        ("decision_reminder", {"decision_id": 7, "last_decision_id": 7}, None, "/d/7"),
        ("decision_asked", {"last_decision_id": 7}, None, "/d/7"),  # somebody was quicker
        *((rule, {"last_decision_id": 7}, None, "/d/7") for rule in OUTCOMES),
        *((rule, {"last_decision_id": 7}, 3, "/c/mou-shi/gate") for rule in OUTCOMES),
        ("stage_opened", {"last_decision_id": 7}, None, "/c/mou-shi/gate"),
        ("stage_opened", {}, None, "/c/mou-shi/gate"),
        ("stage_closed", {}, None, "/c/mou-shi/gate"),
    ],
)
def test_what_is_told_of_a_stage_leads_to_its_question_or_to_what_is_missing(
    rule, known, unit, page
):
    one = replace(notice(1, rule, "stage"), unit_id=unit, **known)

    assert answer_page(one) == f"{links.ui()}{page}"
    assert letter([one], 5).link == f"{links.ui()}{page}"


def test_every_rule_of_a_stage_is_in_the_table_above():
    assert {*OUTCOMES, *DECISION_RULES, "stage_opened"} == set(STAGE_RULES)


@pytest.mark.parametrize(("rule", "errand"), PAGE_OF_RULE.items())
def test_what_the_office_sees_to_leads_to_its_page_and_without_a_token(rule, errand):
    told = {"level": Level.OFFICE, "unit_id": None, "words": "有一件事"}
    one = replace(notice(1, rule, "campaign"), **told)
    said = letter([one], 5)
    page = f"{links.board('mou-shi')}/o/{errand.value}"

    assert f"有一件事 [办理]({page})" in said.body_markdown
    assert f"[办理]({page})" in personal(said.body_markdown, lambda path: "TOKEN")
    assert said.link == links.message(5)
    assert "[办理]" not in letter([replace(one, level=Level.LEADER)], 5).body_markdown
    assert any(way.path == f"/c/{{slug}}/o/{errand.value}" for way in every_way())


@pytest.mark.parametrize("rule", sorted(set(RULE_WORDS) - set(STAGE_RULES)))
def test_every_message_in_words_leads_to_its_own_page_at_least(rule):
    one = replace(notice(1, rule, "campaign"), words="有一件事", level=Level.OFFICE, unit_id=None)

    assert letter([one], 5).link == links.message(5)
