"""A city, two counties under it, and a department with its plan of work; all made up of small plans."""

from datetime import date
from pathlib import Path

from models.rules.calendar.moment import Moment
from models.settings import moment_of
from tasks.cascade.placing import ToBePlaced
from tasks.plans.loading import load_plan, read_plan
from tests.conftest import NOW

CITY, COUNTY, OTHER = "青汀 2025", "西坪 2025", "东坪 2025"
DAY = date(2025, 7, 21)
PLAN = """kind: implementation_plan
title: {place}创建法治政府建设示范{level}实施方案
issuer: {place}人民政府
issued_on: 2025-06-01
stages:
- {{ordinal: 1, name: 部署启动, kind: launch, start: 2025-06-01, end: 2025-06-20, steps: [{steps}]}}
- {{ordinal: 2, name: 实施推进, kind: implementation, start: 2025-06-11, end: 2025-09-30}}
tasks:
- {{ordinal: 1, title: 优化公共服务, lead_units: [{lead}], responsible_groups: [{group}]}}
- {{ordinal: 2, title: 健全决策机制, lead_units: [{lead}], deadline: {{raw: 7月10日, date: 2025-07-10}}}}
{more}"""
WORK_PLAN = """kind: work_plan
title: 青汀市公安局法治政府建设工作计划
issuer: 青汀市公安局
issued_on: 2025-06-01
stages:
- {ordinal: 1, name: 部署, kind: launch, start: 2025-06-01, end: 2025-06-20, steps: [动员]}
tasks:
- {ordinal: 1, title: 规范执法, lead_units: [法制支队]}
"""


def when() -> Moment:
    """Return a moment of the day."""
    return moment_of(NOW, DAY)


def city(folder: Path, gates: str = "", steps: str = "动员") -> list[str]:
    """Load the city's plan; return what is noted of it."""
    words = {"level": "市", "lead": "市司法局", "group": "县区政府", "steps": steps}
    text = PLAN.format(place="青汀市", more=gates, **words)
    return _load(folder, text, CITY, ToBePlaced())


def county(folder: Path, slug: str = COUNTY, parent: str = CITY, unit: str = "") -> list[str]:
    """Load a county's plan under the city; return what is noted of it."""
    place = slug[:2] + "县"
    words = {"level": "县", "lead": "县司法局", "group": "各乡镇", "steps": "动员"}
    text = PLAN.format(place=place, more="", **words)
    return _load(folder, text, slug, ToBePlaced(parent, unit))


def department(folder: Path, parent: str = CITY) -> list[str]:
    """Load a department's plan of work under the city; return what is noted of it."""
    return _load(folder, WORK_PLAN, "市公安局 2025 工作计划", ToBePlaced(parent))


def _load(folder: Path, text: str, slug: str, where: ToBePlaced) -> list[str]:
    path = folder / "方案.yaml"
    path.write_text(text, encoding="utf-8")
    stored = load_plan(read_plan(path), slug=slug, start=None, moment=when(), where=where)
    return list(stored.notes)
