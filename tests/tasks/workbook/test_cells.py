"""What a cell means, in every way that Excel, WPS and clerks write it."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.workbook import cells

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}  # as a Chinese keyboard types


@pytest.mark.parametrize(
    "cell",
    [
        date(2025, 7, 1),
        datetime(2025, 7, 1, 8, 30),
        45839,  # Excel's serial number
        45839.0,
        45839.75,  # with an hour
        "45839",
        "2025-07-01",
        "2025-7-1",
        "2025/7/1",
        "2025.7.1",
        "2025.07.01",
        "2025年7月1日",
        "2025 年 7 月 1 日",
        " 2025-07-01\u00a0",
        "\u30002025-07-01\ufeff",
        "2025-07-01",
        "2025年7月1日",
        "2025-07-01".translate(FULL_WIDTH),
        "2025年7月1日".translate(FULL_WIDTH),
        "45839".translate(FULL_WIDTH),
        "20250701",
        20250701,
        20250701.0,
        "2025-07-01 00:00:00",
        "2025-07-01T00:00:00",
    ],
)
def test_a_day_is_read_however_it_is_written(cell):
    assert cells.as_day(cell) == date(2025, 7, 1)


@pytest.mark.parametrize("cell", ["", None, "  ", "\u3000", "\n"])
def test_an_empty_cell_is_no_day(cell):
    assert cells.as_day(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "7月1日",  # no year
        "2025年7月",  # no day
        "2025-13-01",
        "2025-02-30",
        "25-7-1",
        "已完成",
        "2025-07-01至2025-07-05",
        12,  # a number that is no day of a campaign
        True,
        float("nan"),
        float("inf"),
        10**30,
        date.min,
        date.max,
        datetime(9999, 12, 31, 23, 59),
        "0001-01-01",
        "2100年1月1日",
        73_051,  # the serial number of the day after the last
        "1" * 60_000,
    ],
)
def test_what_is_no_day_is_refused(cell):
    with pytest.raises((ValueError, OverflowError)):
        cells.as_day(cell)


@given(day=DAYS, mark=st.sampled_from("-/."), full=st.booleans(), blanks=st.text(" \u3000\xa0\t"))
def test_every_day_survives_every_spelling(day, mark, full, blanks):
    spelled = f"{day.year}{mark}{day.month}{mark}{day.day}"
    spelled = spelled.translate(FULL_WIDTH) if full else spelled

    assert cells.as_day(blanks + spelled + blanks) == day
    assert cells.as_day(f"{day.year}年{day.month}月{day.day}日") == day
    assert cells.as_day((day - cells.EPOCH).days) == day


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()))
def test_any_cell_is_a_day_or_nothing_or_refused(cell):
    try:
        found = cells.as_day(cell)
    except (ValueError, OverflowError):
        return
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" 市司法局\u00a0", "市司法局"),
        ("\u200b市司法局", "市司法局"),
        (5.0, "5"),
        (1.1, "1.1"),
        (True, "是"),
        (None, ""),
        (datetime(2025, 7, 1), "2025-07-01"),
        ("第一行\r\n第二行", "第一行\n第二行"),
    ],
)
def test_a_cell_reads_as_its_reader_sees_it(cell, text):
    assert cells.as_text(cell) == text


def test_a_code_is_half_width_and_in_capitals():
    assert cells.as_code(" s2.1 ".translate(FULL_WIDTH)) == "S2.1"
    assert cells.as_code(1.0) == "1"


def test_names_split_at_every_separator_in_use():
    listed = "市司法局、市教育局\uff0c市民政局，市 财政局\uff1b市公安局；市税务局\n市司法局"

    assert cells.as_names(listed) == [
        "市司法局",
        "市教育局",
        "市民政局",
        "市财政局",
        "市公安局",
        "市税务局",
    ]


@pytest.mark.parametrize(
    ("cell", "number"),
    [("95%", 95), ("95%".translate(FULL_WIDTH), 95), ("1,000", 1000), (0.5, 0.5), ("", None)],
)
def test_a_number_is_read(cell, number):
    assert cells.as_number(cell) == number


@pytest.mark.parametrize("cell", ["约95", "95左右", "一", True, "1e5"])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(ValueError):
        cells.as_number(cell)


@pytest.mark.parametrize("cell", [1e12, -1e12, 1e300, float("inf"), "9" * 26, "9" * 60_000])
def test_a_number_beyond_the_tables_is_refused_as_such(cell):
    with pytest.raises(cells.CellError, match="应为 -999999999999 到 999999999999"):
        cells.as_number(cell)


@pytest.mark.parametrize(("cell", "yes"), [("是", True), ("√", True), ("否", False), ("", False)])
def test_yes_and_no(cell, yes):
    assert cells.as_yes(cell) is yes


def test_neither_yes_nor_no_is_refused():
    with pytest.raises(ValueError):
        cells.as_yes("也许")
