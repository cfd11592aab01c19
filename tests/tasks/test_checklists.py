"""Every unit of every stage of every campaign has a checklist of its own; none overwrites another."""

from datetime import date

import pytest

from models.items import OFFICE
from tasks.checklists import StageRound, checklist, rounds_under_way, write_checklists
from tasks.patrol import patrol_campaign
from tasks.plan_loading import load_plan, read_plan
from tests.conftest import NOW, TODAY

DAY = date(2025, 6, 12)
PLAN = """title: {title}
kind: implementation_plan
stages:
- {{ordinal: 1, name: 部署启动, start: 2025-06-01, end: 2025-06-20}}
tasks:
- {{ordinal: 1, title: 简政放权, lead_units: [{units}]}}
"""


@pytest.fixture
def rounds(database, tmp_path):
    """Return what loads campaigns by their slugs and lead units, and gives the rounds of their stages."""

    def load(**units: str) -> list[StageRound]:
        for slug, listed in units.items():
            path = tmp_path / "plan.yaml"
            path.write_text(PLAN.format(title=f"{slug}方案", units=listed), encoding="utf-8")
            load_plan(read_plan(path), slug=slug, start=None, now=NOW, today=TODAY)
            patrol_campaign(slug, DAY, NOW)
        return rounds_under_way(DAY)

    return load


def test_units_whose_names_look_alike_have_a_checklist_each(rounds, tmp_path):
    names = ["市/局", "市：局", "市？局", "市_局", "长" * 90, "长" * 91]
    found = rounds(a=", ".join(f'"{name}"' for name in names))

    written = write_checklists(found, tmp_path / "out")

    texts = [path.read_text(encoding="utf-8") for path in written]
    for name in names:
        assert sum(f"清单：{name}\n" in text for text in texts) == 1
    assert len(list((tmp_path / "out").rglob("*.xlsx"))) == len(names) + 1  # and the office


def test_campaigns_whose_stages_are_called_the_same_have_a_folder_each(rounds, tmp_path):
    found = rounds(a="市司法局", b="市司法局")

    write_checklists(found, tmp_path / "out")

    for slug in ("a", "b"):
        path = tmp_path / "out" / slug / "1-部署启动" / "市司法局.md"
        assert f"{slug}方案" in path.read_text(encoding="utf-8")


def test_an_office_that_is_a_unit_of_the_plan_keeps_its_steps_and_its_items(rounds):
    [found] = rounds(a=f"{OFFICE}, 市司法局")
    assert found.steps, "the office has steps of its own"

    text = checklist(found, OFFICE)

    for item in found.steps:
        assert text.count(f"**{item.code}** {item.title}（") == 1
    assert text.count("W1") == 1
