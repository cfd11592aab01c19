"""The page that a line of a letter leads to."""

from dataclasses import replace

import pytest

from notifications import links
from notifications.letter_lines import answer_page, line_of
from tests.notifications.test_templates import notice

ELSEWHERE = ("F12", "C5", "M3", "V1.12", "D1.2025-07-28.3")


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
def test_what_is_registered_where_it_lives_leads_to_no_page(code):
    assert not answer_page(replace(notice(1, kind="milestone"), code=code))
