"""Words glued to a date belong to it: read with it, or the date is doubted."""

from datetime import date

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.dates.points import Context
from models.plan.reading.deadlines.deadlines import read_deadline
from models.plan.reading.text.document import Document

CONTEXT = Context(date(2026, 3, 6), 2026)


def read(words):
    return read_deadline(words, [], CONTEXT)


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("2206年6月底", "2206年6月底"),  # a slip of the year
        ("226年6月底前", "226年6月底前"),
        ("2026年6底", "2026年6底"),
        ("2026年陆月", "2026年陆月"),
        ("2026年“4·15”前", "2026年‘4·15’前"),
        ("2026年前10个月", "2026年前10个月"),
        ("与2026年度考核同步", "与2026年度考核同步"),
        ("“十五五”中期", "‘十五五’中期"),
        ("“十五五”前两年", "‘十五五’前两年"),
        ("5月第一个工作日前", "5月第一个工作日前"),
        ("6月底前或上级规定时间", "或"),
        ("三季度前", "三季度前"),
        ("2026年下半年前完成", "2026年下半年前"),
        ("2026年起每年12月底前", "每年12月底前"),
        ("2026年4月起，每季度一次", "每季度一次"),
        ("即日起，每季度一次", "每季度一次"),
    ],
)
def test_a_date_that_leaves_out_words_glued_to_it_is_doubted(printed, words):
    doubts = read(printed)[1]

    assert any(f"“{words}”" in why for why in doubts), doubts


@pytest.mark.parametrize("printed", ["三季度初", "三季度中", "第三季度中期", "下半年初"])
def test_a_vague_part_of_a_quarter_is_doubted(printed):
    deadline, doubts = read(printed)

    assert deadline.date < date(2026, 9, 30)
    assert doubts


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("第四季度首月", "2026-10-31"),
        ("第四季度末月", "2026-12-31"),
        ("四季度末", "2026-12-31"),
        ("上半年前", "2026-06-30"),  # it has begun, only its end is to come
        ("2026年（6月底）", "2026-06-30"),
        ("2026年（6月底前）完成", "2026-06-30"),
        ("2026年4月（下旬）", "2026-04-30"),
        ("2026年6月底（省厅要求5月底）", "2026-06-30"),
        ("2026年12月底（其中9月底前出台制度）", "2026-12-31"),
        ("2027年6月底（5月底自查）", "2027-06-30"),
        ("自2026年4月起3个月内", "2026-07-01"),
        ("2026年4月起，3个月内完成", "2026-07-01"),
        ("6月15日起10日内", "2026-06-25"),
        ("“十五五”开局之年", "2026-12-31"),
        ("“十五五”末", "2030-12-31"),
        ("2026年完成全部任务", "2026-12-31"),
        ("2026年第一批", "2026-12-31"),
        ("2026年6月底前完成10%", "2026-06-30"),
        ("2026年9月10日教师节前", "2026-09-10"),
        ("6月底前/12月底前", "2026-12-31"),
        ("三季度初步建成", "2026-09-30"),
        ("2026年初步建成", "2026-12-31"),
        ("6月初步建成", "2026-06-30"),
        ("三季度中小学全面完成", "2026-09-30"),
        ("6月中小学全面完成", "2026-06-30"),
        ("12月底前，每月或每季度报送进展", "2026-12-31"),
        ("12月底前，节假日或重点时段加强巡查", "2026-12-31"),
    ],
)
def test_words_that_belong_to_a_date_are_read_with_it(printed, day):
    deadline, doubts = read(printed)

    assert (str(deadline.date), doubts) == (day, [])


def test_a_stroke_between_two_dates_is_not_what_is_due():
    deadline = read("6月底前/12月底前")[0]

    assert [part.what for part in deadline.parts] == ["", ""]


def test_a_day_of_each_quarter_is_no_day_of_this_one():
    deadline, doubts = read("季度末月25日前")

    assert deadline.date is None
    assert doubts


def test_a_stage_of_a_year_and_after_has_no_end():
    text = (
        "某县方案\n2026年3月6日\n一、实施步骤\n（一）动员阶段（2026年3月至4月）。召开会议。\n"
        "（二）推进阶段（2026年5月至2027年12月）。开展整治。\n（三）巩固阶段（2028年及以后）。长期坚持。\n"
    )

    last = read_plan(Document.from_text(text)).plan.stages[-1]

    assert (last.start, last.end) == (date(2028, 1, 1), None)
