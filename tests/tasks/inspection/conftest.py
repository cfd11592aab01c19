"""A campaign with a few units, two teams and two rounds."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from models.database import engine_for
from models.rules.calendar.moment import Moment
from models.settings import moment_of, settings
from tasks.inspection.arrangement import load_arrangement
from tasks.inspection.checklists import ChecklistOrder, write_visit_checklists
from tasks.inspection.planning import RoundSaid, plan_visits, set_round
from tasks.plans.loading import load_plan, read_plan
from tests.support.alerts import at
from tests.support.sheets import made

MONDAY = date(2025, 7, 21)
PLAN = """kind: work_plan
title: 某县创建方案
issued_on: 2025-06-01
stages:
- {ordinal: 1, name: 实施, kind: implementation, start: 2025-07-01, end: 2025-12-31, steps: [督导]}
tasks:
- {ordinal: 1, title: 规范执法, lead_units: [县公安局, 县司法局], responsible_units: [县财政局, 县教育局]}
- {ordinal: 2, title: 公开公示, lead_units: [东镇政府, 西镇政府], responsible_units: [县公安局], deadline: {raw: 7月10日前, date: 2025-07-10}}
other_targets:
- {raw: 不少于2次, metric_hint: 督导轮次安排, op: ">=", value: 2, unit: 次}
"""
TEAMS = [
    ["督导组", "组成单位", "优先片区"],
    ["第一督导组", "县司法局、县财政局", "东"],
    ["第二督导组", "县公安局", "西"],
]
AREAS = [
    ["单位", "片区", "不督导的理由"],
    ["东镇政府", "东", ""],
    ["西镇政府", "西", ""],
]


def moment(day: date = MONDAY, hour: int = 10) -> Moment:
    """Return a moment of the office's clock."""
    return moment_of(at(day, hour), day)


def _xian(folder: Path) -> None:
    path = folder / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    load_plan(read_plan(path), slug="xj", start=None, moment=moment(date(2025, 7, 1)))


def _arranged(folder: Path) -> None:
    path = made(folder / "安排.xlsx", 督导组=TEAMS, 单位片区=AREAS)
    load_arrangement("xj", path, moment=moment())
    set_round("xj", RoundSaid(1, date(2025, 7, 28), date(2025, 8, 1), 2), "创建办", moment())


def _planned(_folder: Path) -> None:
    plan_visits("xj", 1, "创建办", moment())


STEPS = (_xian, _arranged, _planned)


@pytest.fixture(scope="session")
def laid_files(
    sqlite_files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """A SQLite file after each of `STEPS`, made once for all tests of a process."""
    home = tmp_path_factory.mktemp("xian")
    shutil.copy(sqlite_files["empty"], home / "shifan.db")
    files = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHIFAN_HOME", str(home))
        for number, step in enumerate(STEPS):
            step(home)
            engine_for(settings().database).dispose()
            files.append(Path(shutil.copy(home / "shifan.db", home / f"{number}.db")))
        write_visit_checklists("xj", ChecklistOrder(home, "V1.1", by="创建办"), moment())
        engine_for(settings().database).dispose()
    return files


@pytest.fixture
def sheet(planned_round: str, laid_files: list[Path], tmp_path: Path) -> Path:
    """The workbook of V1.1 as it goes along, nothing filled in."""
    [made_once] = laid_files[0].parent.glob("V1.1-*.xlsx")
    return Path(shutil.copy(made_once, tmp_path))


@pytest.fixture
def laid(one_database: str, place: Path, tmp_path: Path, request: pytest.FixtureRequest):
    """Bring the database of the test as far as a number of `STEPS`; return the slug of its county."""

    def after(steps: int) -> str:
        if one_database == "sqlite":
            shutil.copy(request.getfixturevalue("laid_files")[steps - 1], place / "shifan.db")
        else:
            for step in STEPS[:steps]:
                step(tmp_path)
        return "xj"

    return after


@pytest.fixture
def xian(laid) -> str:
    """A county of six units."""
    return laid(1)


@pytest.fixture
def arranged(laid) -> str:
    """Its teams and areas are loaded, and the first round is set: a week from Monday on."""
    return laid(2)


@pytest.fixture
def planned_round(laid) -> str:
    """Its first round is planned."""
    return laid(3)
