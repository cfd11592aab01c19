"""The publicity plan of 焦作 in its own days, with every unit owing the monthly duty from the first day on."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.rules.calendar.moment import Moment
from models.settings import moment_of
from tasks.plans.loading import find_plan, load_plan, read_plan
from tasks.publicity.duties import give_duty
from tests.support.sheets import edited

SLUG = "jz"


def on(day: date) -> Moment:
    """Return ten in the morning of a day."""
    return moment_of(datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC), day)


BEGIN = on(date(2023, 11, 1))


@pytest.fixture
def jiaozuo(one_database: str) -> str:
    """Load the plan and return its slug."""
    load_plan(read_plan(find_plan("jiaozuo-publicity-2023")), slug=SLUG, start=None, moment=BEGIN)
    return SLUG


@pytest.fixture
def owed(jiaozuo: str) -> str:
    """Give the duty to every unit."""
    give_duty(SLUG, "D1", "", "创建办", BEGIN)
    return jiaozuo


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "表.xlsx"


@pytest.fixture
def back(sheet: Path) -> Callable[..., Path]:
    """Fill in the list that went out and return it as it comes back."""
    return lambda edit: edited(sheet, edit)
