"""Lights over sets agree with the rule for one."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from models.campaign.lights import LIGHT_CASE, Lights, _counts, board
from models.database import open_session
from models.rules.calendar.workdays import WorkCalendar
from models.rules.lights import LightDays, begin_by, light, light_days
from models.rules.words import Light, Progress

TODAY = date(2025, 7, 21)
MEMORY = create_engine("sqlite://")
NEAR = st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=40))


@given(st.sampled_from(list(Progress)), st.none() | NEAR, st.none() | NEAR)
def test_the_sql_says_what_the_rule_says(state, due, begin):
    days = light_days(TODAY, WorkCalendar())
    row = "(SELECT :state AS state, :due AS due, :begin AS begin_by) AS item"
    values = {
        "state": state.value,
        "due": due and due.isoformat(),
        "begin": begin and begin.isoformat(),
        "today": days.today.isoformat(),
        "near_until": days.near_until.isoformat(),
    }
    with MEMORY.connect() as connection:
        statement = text(f"SELECT {LIGHT_CASE.format(t='item')} FROM {row}")
        assert connection.execute(statement, values).scalar() == light(state, due, begin, days)


def test_what_is_due_today_is_not_overdue():
    days = LightDays(TODAY, TODAY + timedelta(days=7))

    assert light(Progress.STARTED, TODAY, None, days) is Light.BLUE
    assert light(Progress.STARTED, TODAY - timedelta(days=1), None, days) is Light.RED


def test_work_is_behind_when_two_thirds_of_its_time_went_by_unused():
    assert begin_by(date(2025, 6, 1), date(2025, 7, 1)) == date(2025, 6, 21)
    assert begin_by(None, date(2025, 7, 1)) == date(2025, 7, 1)
    assert begin_by(date(2025, 7, 1), date(2025, 7, 1)) == date(2025, 7, 1)  # a single day


def test_a_board_counts_every_item_once(campaign, campaign_id, any_database):
    with open_session(read_only=True) as session:
        seen = board(session, campaign_id, light_days(TODAY, WorkCalendar()))

    assert seen.assignments.total == 130
    assert seen.all.total == seen.assignments.total + seen.milestones.total
    assert sum(seen.units.values(), Lights()).total == 130
    assert len(seen.work_items) == 32


@given(
    st.lists(
        st.tuples(st.sampled_from(list(Progress)), st.none() | NEAR, st.none() | NEAR), max_size=6
    )
)
def test_a_group_is_counted_as_its_rows_are_lit(rows):
    days = light_days(TODAY, WorkCalendar())
    shown = Counter(light(*row, days) for row in rows)
    listed = " UNION ALL ".join(
        f"SELECT '{state.value}', {_quoted(due)}, {_quoted(begin)}" for state, due, begin in rows
    )
    given_rows = f"(SELECT '' AS state, NULL AS due, NULL AS begin_by WHERE false{' UNION ALL ' + listed if rows else ''}) AS item"
    values = {"today": days.today.isoformat(), "near_until": days.near_until.isoformat()}
    with MEMORY.connect() as connection:
        counted = connection.execute(text(f"SELECT {_counts('item')} FROM {given_rows}"), values)
        items, blue, yellow, red = counted.one()

    assert items == len(rows)
    assert (blue, yellow, red) == (shown[Light.BLUE], shown[Light.YELLOW], shown[Light.RED])


def _quoted(day: date | None) -> str:
    return f"'{day.isoformat()}'" if day else "NULL"
