"""Days as they are written, and reckoning at both ends of the calendar."""

from datetime import UTC, date, datetime, time

import pytest

from models.plan.breakdown import move_fault
from models.plan.schema import Plan
from models.rules.calendar import hours
from models.rules.calendar.days import days_after, read_day
from models.rules.calendar.duties import occurrences
from models.rules.calendar.workdays import WorkCalendar
from models.rules.lights import light_days
from models.rules.notices.ladder import brackets

ENDS = (date.min, date(1, 1, 6), date(9999, 12, 24), date.max)
OFF = WorkCalendar({date.max: False, date(9999, 12, 30): False, date.min: False})
FREQUENCIES = ("daily", "weekly", "biweekly", "ten_day", "semimonthly", "monthly", "yearly")


@pytest.mark.parametrize(
    "text", ["2025-07-01", "2025/7/1", "2025.7.1", "2025年7月1日", " 20250701 ", "2025-07-01"]
)
def test_a_day_is_read_as_an_office_writes_it(text):
    assert read_day(text) == date(2025, 7, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昨天",
        "2026-02-30",
        "2025-7",
        "25-7-1",
        "0001-01-01",
        "9999-12-31",
        "2025-07-01T00:00",
        "٢٠٢٥-07-01",  # digits of another script
        "2025-07-01\n2025-07-02",
        "2" * 60_000,
        "\udcff",
    ],
)
def test_what_is_no_day_of_a_campaign_is_refused_with_what_was_expected(text):
    with pytest.raises(ValueError, match="应为 2025-07-21 这样的日期"):
        read_day(text)


@pytest.mark.parametrize(
    ("day", "days", "found"),
    [
        (date.min, -1, date.min),
        (date.max, 1, date.max),
        (date.max, 10**9, date.max),
        (date(2025, 2, 28), 1, date(2025, 3, 1)),
        (date(2025, 3, 1), -1, date(2025, 2, 28)),
    ],
)
def test_counting_days_ends_with_the_calendar(day, days, found):
    assert days_after(day, days) == found


@pytest.mark.parametrize("calendar", [WorkCalendar(), OFF])
@pytest.mark.parametrize("day", ENDS)
def test_the_work_calendar_holds_at_its_ends(day, calendar):
    for found in (calendar.next_workday(day), calendar.last_workday(day)):
        assert date.min <= found <= date.max
    assert calendar.due_within(day, 300) <= date.max
    assert calendar.late_since(day, 300) >= date.min
    assert light_days(day, calendar).near_until >= day or day == date.max
    for bracket in brackets(day, calendar):
        assert bracket.first <= bracket.last


@pytest.mark.parametrize("hour", [time(0), time(9), time(23)])
@pytest.mark.parametrize("day", ENDS)
def test_office_hours_hold_at_the_ends_of_the_calendar(day, hour):
    local = datetime.combine(day, hour, tzinfo=UTC)

    assert hours.may_go_at(local, OFF).date() >= day
    assert hours.window_of(local, OFF).day <= day


@pytest.mark.parametrize(
    ("days", "fault"),
    [
        (0, ""),
        (-12_000, "方案的 2020-01-01 会落到 1987-02-23"),
        (30_000, "方案的 2020-01-01 会落到 2102-02-20"),
        (10**9, "方案的 2020-01-01 会落到 9999-12-31"),
    ],
)
def test_a_plan_is_not_moved_out_of_the_century(days, fault):
    stages = [{"ordinal": 1, "name": "启动", "start": "2020-01-01", "end": "2020-02-01"}]
    plan = Plan.model_validate({"title": "甲", "kind": "work_plan", "stages": stages})

    assert move_fault(plan, days).startswith(fault)
    assert bool(move_fault(plan, days)) is bool(fault)


@pytest.mark.parametrize("freq", FREQUENCIES)
@pytest.mark.parametrize(
    ("first", "last"), [(date(1, 1, 1), date(1, 3, 1)), (date(9999, 11, 1), date.max)]
)
def test_duties_hold_at_the_ends_of_the_calendar(freq, first, last):
    for one in occurrences(freq, None, [], first, last):
        assert first <= one.due <= last
        assert one.begin <= one.due
