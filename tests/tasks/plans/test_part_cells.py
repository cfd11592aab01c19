"""Dated parts in a cell of the review workbook: one a line, read back as they were written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plan.schema import DeadlinePart
from tasks.plans.part_cells import read_parts, show_parts
from tasks.workbook.cells import CellError

DAY = date(2026, 3, 31)
WORDS = st.text(alphabet="制定方案月底前（）()【】〔2年，；、. 　aB", max_size=12)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2035, 12, 31))
PARTS = st.lists(st.builds(DeadlinePart, raw=WORDS, date=DAYS, what=WORDS), max_size=5)


@given(PARTS)
def test_what_is_written_is_read_back(parts):
    assert [DeadlinePart(**part) for part in read_parts(show_parts(parts))] == parts


@pytest.mark.parametrize(
    ("line", "day", "what", "raw"),
    [
        ("2026-03-31 制定方案（3月底前）", DAY, "制定方案", "3月底前"),
        ("2026-03-31　制定方案（3月底前）", DAY, "制定方案", "3月底前"),  # a full-width blank
        ("２０２６－０３－３１ 制定方案", DAY, "制定方案", "２０２６－０３－３１"),
        ("2026-03-31\t制定方案 (3月底前)", DAY, "制定方案", "3月底前"),
        ("2026-03-31  制定方案（3月底前） ", DAY, "制定方案", "3月底前"),
        ("2026 年 3 月 31 日　制定方案", DAY, "制定方案", "2026 年 3 月 31 日"),
        ("2026年3月31日制定方案（3月底前）", DAY, "制定方案", "3月底前"),
        ("2026-03-31（3月底前）", DAY, "", "3月底前"),
        ("2026-03-31 （3月底前）", DAY, "", "3月底前"),
        ("2026-03-31", DAY, "", "2026-03-31"),
        ("20260331 制定方案", DAY, "制定方案", "20260331"),
        ("2026-03-31 制定（市级）方案（3月底（最迟4月初）前）", DAY, "制定（市级）方案", "3月底（最迟4月初）前"),
        ("2026-03-31 制定（市级）方案", DAY, "制定（市级）方案", "2026-03-31"),
        ("2026-03-31 制定方案【3月底前）】", DAY, "制定方案", "3月底前）"),
        ("2026-03-31 制定方案（)", DAY, "制定方案", ""),
        ("待定 清淤（汛期前）", None, "清淤", "汛期前"),
        ("待定　清淤", None, "清淤", "待定"),
        ("待定", None, "", "待定"),
    ],
)  # fmt: skip
def test_a_line_of_a_clerk_is_read(line, day, what, raw):
    assert read_parts(line) == [{"date": day, "what": what, "raw": raw}]


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("尽快 完成摸排", "第 1 段“尽快 完成摸排”没有先写日期，应为一行一段，先写日期"),
        ("2026-03-31 甲\n\n3月底前 乙", "第 3 段“3月底前 乙”没有先写日期"),
        ("待定制定方案", "第 1 段“待定制定方案”没有先写日期"),
        ("2026-03-311 甲", "没有先写日期"),
        ("2026-02-30 甲", "的日期“2026-02-30”不存在"),
        ("1026-02-03 甲", "的日期“1026-02-03”不存在或不在活动可能的年份里"),
        ("2026-03-31 制定方案 3月底前）", "末尾的括号不成对，应为一行一段"),
        ("2026-03-31 制定方案（3月底前", "末尾的括号不成对"),
    ],
)
def test_what_is_no_part_is_refused_with_its_line_and_what_belongs_there(cell, fault):
    with pytest.raises(CellError) as caught:
        read_parts(cell)

    assert fault in str(caught.value)
