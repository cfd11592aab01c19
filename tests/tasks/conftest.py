"""A small campaign to decide about."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from models.settings import moment_of
from tasks.plans.loading import load_plan, read_plan
from tests.support.alerts import every_tag, robots
from tests.support.deciding import noon
from tests.tools.fake_provider import FakeProvider

FRIDAY = date(2025, 7, 18)
PLAN = """kind: work_plan
title: 某县创建方案
issued_on: 2025-06-01
stages:
- {ordinal: 1, name: 动员, kind: launch, start: 2025-07-01, end: 2025-07-22, steps: [%(steps)s]}
- {ordinal: 2, name: 实施, kind: implementation, start: 2025-09-01, end: 2025-10-31}
tasks:
- {ordinal: 1, title: 事项, lead_units: [县司法局]}
%(more)s
"""


@pytest.fixture
def office(one_database: str, tmp_path: Path) -> Callable[..., str]:
    """Load a plan of two stages and return its slug; ``gates`` goes into it as written."""

    def load(gates: str = "", steps: str = "培训") -> str:
        path = tmp_path / "plan.yaml"
        path.write_text(PLAN % {"steps": steps, "more": gates}, encoding="utf-8")
        load_plan(read_plan(path), slug="xj", start=None, moment=moment_of(noon(FRIDAY), FRIDAY))
        return "xj"

    return load


@pytest.fixture
def wired(
    campaign: str, provider: FakeProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The campaign, in which every post has a robot."""
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    return campaign
