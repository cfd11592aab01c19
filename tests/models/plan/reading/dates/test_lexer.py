"""The times that a text names are found once, with their places, kinds and points."""

import pytest

from models.plan.reading.dates.lexer import Kind, times_in

MANY = "2026年6月底前完成，第三季度督查，国庆节前整改，2027年验收，2028—2029年巩固，3.15前报送"


def test_every_time_of_a_text_is_found_in_its_order():
    found = [(MANY[time.start : time.end], time.kind) for time in times_in(MANY)]

    assert found == [
        ("2026年6月", Kind.IN_YEAR),
        ("第三季度", Kind.IN_YEAR),
        ("国庆节", Kind.IN_YEAR),
        ("2027年", Kind.YEAR),
        ("2028", Kind.FIRST_YEAR),
        ("2029年", Kind.YEAR),
        ("3.15", Kind.DOTTED),
    ]


@pytest.mark.parametrize(
    ("text", "year", "month", "has_year"),
    [
        ("2026年6月底前", 2026, 6, True),
        ("6月底前", None, 6, False),
        ("次年3月", None, 3, True),
        ("“十四五”末", 2025, 12, True),
        ("农历腊月底前", None, None, False),
    ],
)
def test_a_time_knows_its_point_and_whether_a_year_is_printed(text, year, month, has_year):
    [time] = times_in(text)

    point = time.point
    assert (point.year, point.month) == (year, month) if point else (year, month) == (None, None)
    assert time.has_year is has_year


@pytest.mark.parametrize("text", ["一年内完成", "第二十四日", "3至5天", "报送12份", ""])
def test_what_only_looks_like_a_time_is_none(text):
    assert times_in(text) == ()


def test_a_text_is_searched_once():
    assert times_in(MANY) is times_in(MANY)
