"""A campaign with a few units, two teams and two rounds."""

from datetime import date
from pathlib import Path

import pytest

from models.rules.calendar.moment import Moment
from models.settings import moment_of
from tasks.inspection.arrangement import load_arrangement
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


@pytest.fixture
def xian(one_database: str, tmp_path: Path) -> str:
    """A county of six units."""
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    load_plan(read_plan(path), slug="xj", start=None, moment=moment(date(2025, 7, 1)))
    return "xj"


@pytest.fixture
def arranged(xian: str, tmp_path: Path) -> str:
    """Its teams and areas are loaded, and the first round is set: a week from Monday on."""
    path = made(tmp_path / "安排.xlsx", 督导组=TEAMS, 单位片区=AREAS)
    load_arrangement(xian, path, moment=moment())
    set_round(xian, RoundSaid(1, date(2025, 7, 28), date(2025, 8, 1), 2), "创建办", moment())
    return xian


@pytest.fixture
def planned_round(arranged: str) -> str:
    """Its first round is planned."""
    plan_visits(arranged, 1, "创建办", moment())
    return arranged
