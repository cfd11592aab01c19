"""Every wording of a date in the conventions, a row each, and dates rendered and read back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plan.reading.dates.forms import read_full_date
from models.plan.reading.dates.periods import read_period
from models.plan.reading.dates.points import Context, add_months

ISSUED = date(2024, 4, 22)
CONTEXT = Context(ISSUED, 2024, None, {"筹备": date(2024, 6, 6), "第二": date(2024, 8, 31)})

# wording -> start, end, open ended
ROWS = [
    ("6月初", "2024-06-01", "2024-06-10", False),  # 初 is the first ten days
    ("6月上旬", "2024-06-01", "2024-06-10", False),
    ("6月中旬", "2024-06-11", "2024-06-20", False),
    ("6月下旬", "2024-06-21", "2024-06-30", False),
    ("2月下旬", "2024-02-21", "2024-02-29", False),  # a leap year
    ("6月底", "2024-06-30", "2024-06-30", False),  # 底 as a start too
    ("6月末", "2024-06-30", "2024-06-30", False),
    ("2025年8月", "2025-08-01", "2025-08-31", False),
    ("9月", "2024-09-01", "2024-09-30", False),
    ("2024年3月1日至4月30日", "2024-03-01", "2024-04-30", False),
    ("2024年3月1日—4月30日", "2024-03-01", "2024-04-30", False),
    ("2024年3月1日-4月30日", "2024-03-01", "2024-04-30", False),
    ("2024年3月1日到4月30日", "2024-03-01", "2024-04-30", False),
    ("从2024年7月开始到2024年9月结束", "2024-07-01", "2024-09-30", False),
    ("2025年6月初至6月中旬", "2025-06-01", "2025-06-20", False),
    ("2024年上半年", "2024-01-01", "2024-06-30", False),
    ("2024年下半年", "2024-07-01", "2024-12-31", False),
    ("2024年第四季度", "2024-10-01", "2024-12-31", False),
    ("一季度", "2024-01-01", "2024-03-31", False),
    ("2024年6月至年底", "2024-06-01", "2024-12-31", False),
    ("2025年3月1日起", "2025-03-01", None, True),
    ("10月以后", "2024-10-01", None, True),
    ("2024年11月下旬起，长期坚持", "2024-11-21", None, True),
    ("2025年11月至创建活动结束", "2025-11-01", None, True),  # an event is no date
    ("2023年4月下旬至批准命名", "2023-04-21", None, True),
    ("长期坚持", None, None, True),
    ("持续推进", None, None, True),
    ("2024年6月底前", None, "2024-06-30", False),
    ("6月15日之前", None, "2024-06-15", False),
    ("不晚于2024年6月30日", None, "2024-06-30", False),
    ("即日起至2024年5月底", "2024-04-22", "2024-05-31", False),
    ("立即启动", "2024-04-22", None, True),
    ("印发之日起15日内", "2024-04-22", "2024-05-07", False),  # calendar days
    ("方案印发后一个月内", "2024-04-22", "2024-05-22", False),
    ("印发之日起10个工作日内", "2024-04-22", None, False),  # no calendar of holidays is assumed
    ("15日内", None, None, False),  # counted from an event that is not given
    ("筹备阶段结束后至2024年11月底", "2024-06-07", "2024-11-30", False),
    ("12月1日—次年3月31日", "2024-12-01", "2025-03-31", False),
    ("11月至2月", "2024-11-01", "2025-02-28", False),  # an end before its start is in the next year
    ("3月1日至15日", "2024-03-01", "2024-03-15", False),  # the month of the start
    ("二〇二五年三月六日至四月三十日", "2025-03-06", "2025-04-30", False),
    ("3—5月", "2024-03-01", "2024-05-31", False),
    ("2024.6—2024.9", "2024-06-01", "2024-09-30", False),
    ("2024年—2026年", "2024-01-01", "2026-12-31", False),
]


@pytest.mark.parametrize(("wording", "start", "end", "open_ended"), ROWS)
def test_a_wording_of_a_period_is_read_as_the_conventions_say(wording, start, end, open_ended):
    period = read_period(wording, CONTEXT)

    assert period is not None
    assert (period.start and period.start.isoformat()) == start
    assert (period.end and period.end.isoformat()) == end
    assert period.open_ended is open_ended


@pytest.mark.parametrize("words", ["具体时间以上级通知为准", "待定", "另行通知", "动员部署", ""])
def test_words_in_place_of_a_date_are_no_period(words):
    assert read_period(words, CONTEXT) is None


def test_a_start_without_a_year_before_the_stage_before_is_in_the_next_year():
    period = read_period("1月至3月", Context(ISSUED, 2024, date(2024, 10, 1)))

    assert (period.start, period.end) == (date(2025, 1, 1), date(2025, 3, 31))


DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else ("" if tens == 1 else DIGITS[tens]) + "十") + (
        DIGITS[ones] if ones else ""
    )


FORMS = [
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month:02}月{d.day:02}日",
    lambda d: f"{d.year}-{d.month:02}-{d.day:02}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: (
        "".join(DIGITS[int(c)] for c in str(d.year)) + f"年{chinese(d.month)}月{chinese(d.day)}日"
    ),
]


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMS))
def test_a_date_written_out_reads_back_as_that_date(day, form):
    assert read_full_date(form(day)) == day


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(0, 2000),
    st.sampled_from(FORMS),
    st.sampled_from(["至", "—", "到", "-", "～", "——"]),
)
def test_a_range_written_out_reads_back_as_that_range(start, days, form, joint):
    end = start + timedelta(days=days)
    period = read_period(form(start) + joint + form(end), Context())

    assert (period.start, period.end, period.open_ended) == (start, end, False)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_days_from_the_issue_are_calendar_days(issued, days):
    period = read_period(f"印发之日起{days}日内", Context(issued))

    assert (period.start, period.end) == (issued, issued + timedelta(days=days))


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 36))
def test_months_from_the_issue_keep_the_day_where_the_month_has_it(issued, months):
    end = add_months(issued, months)

    assert (
        end.day == issued.day
        or end.day
        == (end.replace(day=28) + timedelta(days=4)).replace(day=1).toordinal()
        - end.replace(day=1).toordinal()
    )
    assert read_period(f"印发后{months}个月内", Context(issued)).end == end
