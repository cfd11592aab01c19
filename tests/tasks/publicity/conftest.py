"""The publicity plan of 焦作 in its own days, with every unit owing the monthly duty from the first day on."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from models.rules.calendar.moment import Moment
from models.settings import moment_of
from tasks.plans.loading import find_plan, load_plan, read_plan
from tasks.publicity.duties import give_duty
from tests.support.homes import Laid, copied, laid_out
from tests.support.sheets import edited

SLUG = "jz"


def on(day: date) -> Moment:
    """Return ten in the morning of a day."""
    return moment_of(datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC), day)


BEGIN = on(date(2023, 11, 1))


@pytest.fixture(scope="session")
def homes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Laid]:
    """A home with the plan loaded, and one with its duty given to every unit; copied for each test."""
    loaded, owed = (tmp_path_factory.mktemp(name) for name in ("loaded", "owed"))
    first = laid_out(request, loaded, _load)
    give = partial(give_duty, SLUG, "D1", "", "创建办", BEGIN)
    return {"loaded": first, "owed": laid_out(request, owed, give, first)}


def _load() -> None:
    plan = read_plan(find_plan("jiaozuo-publicity-2023"))
    load_plan(plan, slug=SLUG, start=None, moment=BEGIN)


@pytest.fixture
def jiaozuo(
    request: pytest.FixtureRequest, database: str, place: Path, homes: dict[str, Laid]
) -> str:
    """The plan, loaded; returns its slug."""
    copied(homes["owed" if "owed" in request.fixturenames else "loaded"], place)
    return SLUG


@pytest.fixture
def owed(jiaozuo: str) -> str:
    """The plan with its duty given to every unit."""
    return jiaozuo


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "表.xlsx"


@pytest.fixture
def back(sheet: Path) -> Callable[..., Path]:
    """Fill in the list that went out and return it as it comes back."""
    return lambda edit: edited(sheet, edit)
