"""How long links and stays hold, and which passwords will do."""

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.window.entry import AHEAD, account_fault, holds, password_faults
from models.rules.window.sight import RIGHTS, Right, VisitorRole, role_of_post
from models.rules.words import Level

MADE, LASTS = datetime(2026, 5, 20, 2, 0, tzinfo=UTC), timedelta(minutes=30)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("later", "works"),
    [
        (timedelta(), True),
        (LASTS - SECOND, True),
        (LASTS, False),
        (-AHEAD, True),  # made by a clock that was a little ahead
        (-AHEAD - SECOND, False),
    ],
)
def test_what_lasts_half_an_hour_works_so_long(later, works):
    assert holds(MADE, LASTS, MADE + later) is works


@pytest.mark.parametrize(
    ("password", "faults"),
    [
        ("Zhe-Shi-1!", 0),
        ("口令也可以是十个汉字的", 0),
        ("Zhe-Shi-1", 1),  # nine
        ("x" * 201, 2),
        ("aaaabbbbcc", 1),  # three letters
        ("aabbccddee", 0),  # five
        ("zhangsan-2026", 1),  # holds the name
        ("Zhe-Shi\n12!", 1),
    ],
)
def test_a_password_is_long_and_of_some_letters_and_without_the_name(password, faults):
    assert len(password_faults(password, "ZhangSan")) == faults


@pytest.mark.parametrize("name", ["", " 甲", "甲 ", "甲\n乙", "长" * 41])
def test_what_can_be_no_name_of_an_account_is_said(name):
    assert account_fault(name)


def test_nobody_but_the_office_does_what_the_office_does():
    assert [role for role, rights in RIGHTS.items() if Right.OFFICE in rights] == [
        VisitorRole.OFFICE
    ]
    assert Right.ACT not in RIGHTS[VisitorRole.LEADER]  # leaders register nothing


@pytest.mark.parametrize(
    ("level", "role"),
    [
        (Level.LIAISON, VisitorRole.UNIT),
        (Level.UNIT_HEAD, VisitorRole.UNIT),
        (Level.OFFICE, VisitorRole.OFFICE_POST),
        (Level.LEADER, VisitorRole.LEADER),
        (Level.GROUP_HEAD, VisitorRole.LEADER),
    ],
)
def test_a_post_is_there_as_its_level_says(level, role):
    assert role_of_post(level) is role
