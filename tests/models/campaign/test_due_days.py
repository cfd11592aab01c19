"""What is due on which day, against the rows counted one by one."""

from datetime import date

import pytest
from sqlmodel import col, select

from models.calendar.calendar import work_calendar
from models.campaign.due_days import (
    due_days,
    due_days_of_office,
    due_days_of_unit,
    undated,
)
from models.campaign.lights import Lights, board
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment
from models.rules.lights import light_days
from models.rules.words import Light, Progress
from models.units.unit import units_of
from tests.conftest import ON_BOTH
from tests.support.fill import fill_indicators

LATE = date(2025, 9, 24)


@pytest.fixture
def days(session):
    return light_days(LATE, work_calendar(session))


@ON_BOTH
def test_the_lines_of_a_campaign_hold_every_light_of_its_board(session, campaign_id, days):
    fill_indicators(session, campaign_id, 2, due=date(2025, 9, 1))

    lines = due_days(session, campaign_id, days)
    held = sum((line.lights for line in lines), Lights())
    nowhere = undated(session, campaign_id)

    assert held + Lights(green=nowhere) == board(session, campaign_id, days).all
    assert [line.due for line in lines] == sorted(line.due for line in lines)
    assert len({(line.subject, line.due) for line in lines}) == len(lines)


@ON_BOTH
def test_an_item_of_many_units_is_one_line_that_says_how_many(session, campaign_id, days):
    units = units_of(session, campaign_id)
    fill_indicators(session, campaign_id, 1, due=date(2025, 9, 1))

    [line] = [one for one in due_days(session, campaign_id, days) if one.code == "I0"]

    assert line.units == line.parts == line.lights.red == len(units)
    assert line.whose == f"{units[0].name}等 {len(units)} 个单位"
    assert line.light is Light.RED


def test_a_part_that_is_due_on_another_day_is_a_line_of_its_own(session, campaign_id, days):
    fill_indicators(session, campaign_id, 1, due=date(2025, 9, 1))
    moved = session.exec(
        select(Assignment).where(col(Assignment.indicator_id).is_not(None)).limit(1)
    ).one()
    moved.due = date(2025, 12, 31)
    session.flush()

    first, second = [one for one in due_days(session, campaign_id, days) if one.code == "I0"]

    assert first.subject == second.subject
    assert (second.due, second.part, second.parts) == (date(2025, 12, 31), moved.id, 1)


@pytest.mark.parametrize(
    ("states", "together"),
    [
        (["done", "done"], Progress.DONE),
        (["done", "dropped"], Progress.DONE),
        (["dropped", "dropped"], Progress.DROPPED),
        (["done", "open"], Progress.STARTED),  # part of it was done
        (["dropped", "open"], Progress.OPEN),  # what does not apply is no beginning
        (["started", "open"], Progress.STARTED),
    ],
)
def test_parts_together_are_as_far_as_they_are(session, campaign_id, days, states, together):
    fill_indicators(session, campaign_id, 1, due=date(2025, 12, 1))
    parts = session.exec(select(Assignment).where(col(Assignment.indicator_id).is_not(None))).all()
    for place, part in enumerate(parts):
        part.state = states[place] if place < len(states) else states[0]
    session.flush()

    [line] = [one for one in due_days(session, campaign_id, days) if one.code == "I0"]

    assert line.state is together


@ON_BOTH
def test_units_and_the_office_find_their_own_and_nothing_else(session, campaign_id, days):
    fill_indicators(session, campaign_id, 1, due=date(2025, 9, 1))
    [unit, *_] = units_of(session, campaign_id)

    theirs = due_days_of_unit(session, campaign_id, unit.id or 0, days)
    ours = due_days_of_office(session, campaign_id, days)

    assert {line.unit for line in theirs} == {unit.name}
    assert {line.unit for line in ours} == {"创建办"}
    assert not any(line.part for line in ours)
    own = select(Milestone).where(
        col(Milestone.unit_id).is_(None), col(Milestone.due).is_not(None), ~col(Milestone.withdrawn)
    )
    assert sum(line.lights.total for line in ours) == len(session.exec(own).all())
