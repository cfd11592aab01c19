"""On which days the duties of a plan are due, and what each time is called."""

from datetime import date

import pytest

from models.plan.duty_days import duty_milestones
from models.plan.schema import Plan, RecurringDuty
from models.rules.calendar.workdays import WorkCalendar
from models.rules.words import DayOff

NATIONAL_DAY = {date(2026, 10, n): False for n in range(1, 9)} | {date(2026, 10, 10): True}
CALENDAR = WorkCalendar(NATIONAL_DAY, frozenset({2026}))


def laid(first, last, **duty):
    plan = Plan(
        schema_version=1,
        kind="publicity_plan",
        is_plan=True,
        title="方案",
        issued_on=date(2026, 1, 5),
        recurring=[RecurringDuty(**{"what": "报送信息"} | duty)],
    )
    found = duty_milestones(plan, first, last, calendar=CALENDAR)
    return [(one.code[3:], str(one.due), one.title.rpartition("（")[2][:-1]) for one in found]


OCTOBER = date(2026, 10, 1), date(2026, 10, 31)


@pytest.mark.parametrize(
    ("day_off", "due"),
    [
        (DayOff.KEPT, "2026-10-05"),
        (DayOff.AFTER, "2026-10-09"),
        (DayOff.BEFORE, "2026-09-30"),
    ],
)
def test_a_day_off_is_passed_over_where_the_plan_says_so(day_off, due):
    assert laid(*OCTOBER, freq="monthly", day=5, day_off=day_off) == [
        ("2026-10-05", due, "2026年10月")
    ]


def test_what_is_sent_every_day_is_due_on_each_working_day():
    dues = [due for _, due, _ in laid(*OCTOBER, freq="daily")]

    assert dues[:3] == ["2026-10-09", "2026-10-10", "2026-10-12"]  # a Saturday that is worked
    assert len(dues) == 17


def test_what_is_only_done_every_day_is_looked_at_once_a_month():
    assert [due for _, due, _ in laid(*OCTOBER, freq="daily", what="滚动播放")] == ["2026-10-31"]


def test_every_two_weeks_go_on_behind_what_was_laid_out():
    whole = laid(date(2026, 1, 5), date(2026, 12, 31), freq="biweekly", day=5)
    parts = [
        one
        for first, last in (
            (date(2026, 1, 5), date(2026, 6, 20)),
            (date(2026, 6, 21), date(2026, 12, 31)),
        )
        for one in laid(first, last, freq="biweekly", day=5)
    ]

    assert parts == whole


@pytest.mark.parametrize(
    ("duty", "found"),
    [
        ({"freq": "monthly", "day": 5, "what": "报送上月信息"}, ("2026-10-05", "2026年9月")),
        (
            {"freq": "quarterly", "day": 10, "month": [1, 4, 7, 10], "what": "报送上季度进展"},
            ("2026-10-10", "2026年第3季度"),
        ),
        ({"freq": "quarterly", "day": 10, "month": [1, 4, 7, 10]}, ("2026-10-10", "2026年第4季度")),
        (
            {"freq": "yearly", "day": 15, "month": [10], "what": "报送上年度总结"},
            ("2026-10-15", "2025年"),
        ),
    ],
)
def test_what_tells_of_the_period_before_is_named_for_it(duty, found):
    [(_, due, name)] = laid(*OCTOBER, **duty)

    assert (due, name) == found
