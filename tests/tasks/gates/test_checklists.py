"""Every unit of every stage of every campaign has a checklist of its own; none overwrites another."""

from datetime import date

import pytest
from openpyxl import load_workbook

from models.campaign.campaign import campaign_named
from models.database import open_session
from models.rules.words import OFFICE
from models.settings import moment_of
from tasks.gates.checklists import (
    StageRound,
    checklist,
    put_stale_aside,
    rounds_under_way,
    stage_folders,
    stage_page,
    write_checklists,
)
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.loading import load_plan, read_plan
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
            load_plan(read_plan(path), slug=slug, start=None, moment=moment_of(NOW, TODAY))
            patrol_campaign(slug, moment_of(NOW, DAY))
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


def test_one_campaign_has_its_folder_too_so_that_a_second_never_overwrites_it(rounds, tmp_path):
    write_checklists(rounds(a="市司法局"), tmp_path)
    [own] = [one for one in rounds(b="市司法局") if one.slug == "b"]
    write_checklists([own], tmp_path)

    text = (tmp_path / "a" / "1-部署启动" / "市司法局.md").read_text(encoding="utf-8")
    assert "a · a方案" in text


def test_every_page_file_and_sheet_of_a_demonstration_says_so_with_name_and_day(rounds, tmp_path):
    rounds(a="市司法局")
    with open_session() as session:
        campaign_named(session, "a").is_demo = True
    [one] = rounds_under_way(DAY)

    written = write_checklists([one], tmp_path)

    assert {path.parent.parent.name for path in written} == {"a【演示】"}
    for path in written:
        assert path.name.endswith("【演示】.md")
        head = path.read_text(encoding="utf-8").split("\n## ")[0]
        title = load_workbook(path.with_suffix(".xlsx")).worksheets[0]["A1"].value
        for words in (head, title):
            assert "a【演示】" in words
            assert str(DAY) in words
    assert "a【演示】 · a方案 · 截至 2025-06-12" in stage_page(one)


def test_what_is_no_longer_due_is_put_aside_so_that_the_count_is_the_count_on_disk(
    rounds, tmp_path
):
    write_checklists(rounds(a="市司法局, 市教育局"), tmp_path)
    (tmp_path / "a" / "0-旧阶段").mkdir()
    (tmp_path / "a" / "0-旧阶段" / "市司法局.md").write_text("旧")
    found = rounds(a="市司法局")

    written = write_checklists(found, tmp_path)
    moved = put_stale_aside(stage_folders(found, tmp_path), written)

    folder = tmp_path / "a" / "1-部署启动"
    assert sorted(folder.glob("*.md")) == sorted(written)
    assert len(list(folder.glob("*.xlsx"))) == len(written)
    assert moved == 2
    assert (tmp_path / "a" / "旧清单" / "1-部署启动" / "市教育局.xlsx").exists()
    assert put_stale_aside(stage_folders(found, tmp_path), written) == 0


def test_an_office_that_is_a_unit_of_the_plan_keeps_its_steps_and_its_items(rounds):
    [found] = rounds(a=f"{OFFICE}, 市司法局")
    assert found.steps, "the office has steps of its own"

    text = checklist(found, OFFICE)

    for item in found.steps:
        assert text.count(f"**{item.code}** {item.title}（") == 1
    assert text.count("W1") == 1
