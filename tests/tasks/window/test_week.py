"""The page of the week: everything late and due, some a page, none twice and none lost."""

from datetime import date

from tasks.window import week
from tasks.window.board import board_page
from tasks.window.week import week_page

LATE = date(2025, 9, 24)


def test_the_pages_of_a_week_hold_everything_once(campaign, monkeypatch):
    monkeypatch.setattr(week, "PAGE", 7)
    whole, found, skip = board_page("jc", LATE), [], 0
    while skip is not None:
        page = week_page("jc", LATE, skip)
        found += [line.code for line in page.reds.lines]
        skip = page.next_from

    assert len(found) == len(set(found)) == whole.reds.things
    assert page.until == date(2025, 9, 28)
