"""The five stage flows without a server: each looks at what is its own, and all begin and end alike."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from sqlmodel import select

from flows.running import stage_round
from models.campaign.campaign import Stage
from models.database import open_session
from models.rules.words import StageStatus
from models.settings import settings
from tests.conftest import NOW
from tests.support.rows import everything

OWN = {
    "launch": ("查会议、专班、培训和方案", "查各单位的方案、台账和联络员"),
    "implement": ("查各单位自查", "查宣传和报送", "找特色亮点的线索"),
    "self_evaluate": ("查自评和初审", "写自评报告草稿"),
    "consolidate": ("核对申报材料包", "核对上传登记", "查问题销号和回头看"),
    "accept": ("查八项活动的演练", "查签批", "如果今天验收"),
}


@pytest.fixture
def counted(monkeypatch):
    """Name the checklists instead of writing them: 82 files a morning, which one test writes for all."""
    named = []

    def name(rounds, out):
        named.extend(out / one.folder / f"{unit}.md" for one in rounds for unit in one.units)
        return named

    monkeypatch.setattr(stage_round, "write_checklists", name)
    return named


@pytest.fixture
def morning(campaign, clock_at, monkeypatch):
    """Return what runs the body of a flow; gives its message, the names of its steps, and its pages."""
    clock_at(NOW)
    steps, pages = [], {}

    def step(name, function):
        def run(*given, **named):
            steps.append(name)
            return function(*given, **named)

        return run

    def show(key, page, title, *, ways, preview=False):
        assert [name for name, _ in ways] == ["网页"]
        pages[key, preview] = page

    monkeypatch.setattr(stage_round, "step", step)
    monkeypatch.setattr(stage_round, "show", show)
    monkeypatch.setattr(
        stage_round, "get_run_logger", lambda: SimpleNamespace(info=lambda line: None)
    )

    def run(name, today=""):
        steps.clear(), pages.clear()
        module = import_module(f"flows.{name}")
        monkeypatch.setattr(module, "step", step)
        state = getattr(module, name).fn(today=today)
        return state.message, list(steps), dict(pages)

    return run


def all_under_way() -> None:
    with open_session() as session:
        for stage in session.exec(select(Stage)):
            stage.status = StageStatus.ACTIVE


@pytest.mark.parametrize("name", OWN)
def test_each_stage_looks_at_what_is_its_own_and_ends_in_one_line(morning, counted, name):
    all_under_way()
    message, steps, pages = morning(name)

    assert steps == ["检查推进条件", *OWN[name], "写清单", "发布到界面"]
    assert len(steps) <= 10  # so few runs Prefect sees, whatever the size
    assert "41 份清单，还有" in message
    [page] = pages.values()
    assert len(pages) == 1
    own = page.partition("## 各单位清单")[0]
    assert own.count("\n## ") == len(OWN[name]) + 1  # a chapter for each, then the gate
    assert len(counted) == 41


@pytest.mark.parametrize("name", ["launch", "self_evaluate"])
def test_again_on_the_same_day_changes_nothing(morning, name):
    all_under_way()
    morning(name)
    files = {p: p.stat().st_size for p in (settings().home / "checklists").rglob("*.md")}
    before = everything()
    morning(name)

    assert len(files) == 41
    assert everything() == before
    assert {p: p.stat().st_size for p in (settings().home / "checklists").rglob("*.md")} == files


@pytest.mark.parametrize("name", OWN)
def test_another_day_is_a_preview_that_writes_nothing(morning, name):
    all_under_way()
    before = everything()
    message, steps, pages = morning(name, "2025-09-01")

    assert message.startswith("【预览】")
    assert "写清单" not in steps
    assert [preview for _, preview in pages] == [True]
    assert everything() == before
    assert not (settings().home / "checklists").exists()


@pytest.mark.parametrize("name", OWN)
def test_without_its_stage_a_morning_asks_only_for_it(morning, name):
    message, steps, pages = morning(name)

    assert message.startswith("目前没有进行中的“")
    assert (steps, pages) == (["检查推进条件"], {})
