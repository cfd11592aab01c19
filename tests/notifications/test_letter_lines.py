"""The page that a line of a letter leads to."""

from dataclasses import replace

import pytest

from notifications.letter_lines import answer_page
from tests.notifications.test_templates import notice

ELSEWHERE = ("F12", "C5", "M3", "V1.12", "D1.2025-07-28.3")


@pytest.mark.parametrize("code", ["W5", "S2.1", "G2.1", "D1.2025-07-28"])
def test_an_item_of_the_plan_leads_to_its_page(code):
    assert answer_page(replace(notice(1, kind="milestone"), code=code))


@pytest.mark.parametrize("code", ELSEWHERE)
def test_what_is_registered_where_it_lives_leads_to_no_page(code):
    assert not answer_page(replace(notice(1, kind="milestone"), code=code))
