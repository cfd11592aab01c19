"""A duty whose day is moved off days off follows the calendar, for the office and for every unit."""

from datetime import date

import pytest
from sqlmodel import col, select

from models.campaign.milestone import Milestone
from models.database import open_session
from models.rules.words import DayOff, Frequency
from tasks.audit.chain import verify
from tasks.office.holidays import set_one_day
from tasks.plans.loading import find_plan, load_plan, read_plan
from tasks.publicity.duties import give_duty
from tasks.publicity.submissions import Given, submission_table, take_submission
from tests.tasks.publicity.conftest import BEGIN, SLUG, on

JANUARY = "D1.2024-01-28"  # a Sunday


@pytest.fixture
def moved_off(one_database):
    """Load the plan as if it said 遇节假日顺延, and give the duty to one unit."""
    plan = read_plan(find_plan("jiaozuo-publicity-2023"))
    plan.recurring[0].day_off = DayOff.AFTER
    load_plan(plan, slug=SLUG, start=None, moment=BEGIN)
    give_duty(SLUG, "D1", "市公安局", "创建办", BEGIN)
    return plan


def days(code=JANUARY):
    with open_session(read_only=True) as session:
        query = select(Milestone.code, Milestone.due).where(
            col(Milestone.code).startswith(code), col(Milestone.withdrawn).is_(False)
        )
        return {code: due.isoformat() for code, due in session.exec(query)}


def off(day, deed="放假"):
    return set_one_day(day, deed, "当地通知", "创建办", BEGIN)


def test_its_day_is_the_next_working_day_and_the_code_keeps_the_plans(moved_off):
    assert days() == {JANUARY: "2024-01-29", f"{JANUARY}.1": "2024-01-29"}


def test_a_day_that_comes_to_be_off_moves_it_and_back_again(moved_off):
    assert "1 次定期报送的时限随之调整" in off(date(2024, 1, 29))
    assert set(days().values()) == {"2024-01-30"}

    off(date(2024, 1, 29), "照通知")
    assert set(days().values()) == {"2024-01-29"}
    assert verify().lines == []


def test_what_came_in_time_by_the_calendar_is_in_time(moved_off):
    late = on(date(2024, 1, 30))
    assert "迟报" in take_submission(SLUG, Given(JANUARY, "市公安局", "创建办"), None, late)

    off(date(2024, 1, 29))

    assert "按时（2024-01-30）" in submission_table(SLUG, "D1", late).rows[0]


def test_a_plan_loaded_again_moves_nothing(moved_off):
    before = days()

    load_plan(moved_off, slug=SLUG, start=None, moment=BEGIN)

    assert days() == before


def test_what_is_sent_every_day_follows_the_calendar_too(one_database):
    plan = read_plan(find_plan("jiaozuo-publicity-2023"))
    plan.recurring[0].freq, plan.recurring[0].day = Frequency.DAILY, None
    load_plan(plan, slug=SLUG, start=None, moment=BEGIN)
    give_duty(SLUG, "D1", "市公安局", "创建办", BEGIN)
    before = days("D1.2024-01")

    off(date(2024, 1, 29))
    assert len(days("D1.2024-01")) == len(before) - 2  # the office's and the unit's

    off(date(2024, 1, 29), "照通知")
    assert days("D1.2024-01") == before
