"""The publicity plan of 焦作 in its own days, with every unit owing the monthly duty from the first day on."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.database import engine_for
from models.rules.calendar.moment import Moment
from models.settings import moment_of, settings
from tasks.plans.loading import find_plan, load_plan, read_plan
from tasks.publicity.duties import give_duty
from tests.support.sheets import edited

SLUG = "jz"


def on(day: date) -> Moment:
    """Return ten in the morning of a day."""
    return moment_of(datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC), day)


BEGIN = on(date(2023, 11, 1))


@pytest.fixture(scope="session")
def laid_out(
    sqlite_files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """A SQLite file with the plan loaded, and one with its duty given to every unit; copied for each test."""
    home = tmp_path_factory.mktemp("jiaozuo")
    now, files = home / "shifan.db", {}
    shutil.copy(sqlite_files["empty"], now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHIFAN_HOME", str(home))
        plan = read_plan(find_plan("jiaozuo-publicity-2023"))
        load_plan(plan, slug=SLUG, start=None, moment=BEGIN)
        files["loaded"] = _copied(now, home / "loaded.db")
        give_duty(SLUG, "D1", "", "创建办", BEGIN)
        files["owed"] = _copied(now, home / "owed.db")
    return files


def _copied(database: Path, copy: Path) -> Path:
    engine_for(settings().database).dispose()  # the last connection to close folds the WAL in
    return shutil.copy(database, copy)


@pytest.fixture
def jiaozuo(
    request: pytest.FixtureRequest, database: str, place: Path, laid_out: dict[str, Path]
) -> str:
    """The plan, loaded; returns its slug."""
    file = laid_out["owed" if "owed" in request.fixturenames else "loaded"]
    shutil.copy(file, place / "shifan.db")
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
