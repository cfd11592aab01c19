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
from tasks.lists.progress import export_progress, load_progress
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


IN_PARTS = """title: 分段方案
kind: implementation_plan
stages:
- {ordinal: 1, name: 部署启动, start: 2025-06-01, end: 2025-12-31}
tasks:
- ordinal: 1
  title: 简政放权
  lead_units: [市司法局]
  deadline:
    raw: 6月底前制定方案，12月底前完成
    date: 2025-12-31
    parts:
    - {raw: 6月底前, date: 2025-06-30, what: 制定方案}
    - {raw: 12月底前, date: 2025-12-31, what: 完成}
    - {raw: 汛期前, what: ""}
- {ordinal: 2, title: 规范执法, lead_units: [市公安局], deadline: {raw: 9月底前, date: 2025-09-30}}
"""


@pytest.mark.parametrize(("start", "first"), [(None, "2025-06-30"), ("2026-06-01", "2026-06-30")])
def test_a_unit_sees_every_dated_part_of_its_deadline(database, tmp_path, start, first):
    (tmp_path / "plan.yaml").write_text(IN_PARTS, encoding="utf-8")
    moved = date.fromisoformat(start) if start else None
    moment = moment_of(NOW, TODAY)
    load_plan(read_plan(tmp_path / "plan.yaml"), slug="fd", start=moved, moment=moment)
    patrol_campaign("fd", moment_of(NOW, date(int(first[:4]), 6, 12)))

    [found] = rounds_under_way(date(int(first[:4]), 6, 12))
    write_checklists([found], tmp_path / "out")

    last = first.replace("06-30", "12-31")
    said = f"{last}（{first} 制定方案；{last} 完成；待定 汛期前）"
    assert said in checklist(found, "市司法局").replace("\\", "")
    [sheet] = (tmp_path / "out").rglob("市司法局.xlsx")
    cells = [[cell.value for cell in row] for row in load_workbook(sheet)["清单"].iter_rows()]
    assert [row for row in cells if "分段时限" in row]
    assert [f"{first} 制定方案\n{last} 完成\n待定 汛期前" in row for row in cells].count(True) == 1
    [other] = (tmp_path / "out").rglob("市公安局.xlsx")
    names = [cell.value for row in load_workbook(other)["清单"].iter_rows() for cell in row]
    assert "分段时限" not in names  # where no deadline has parts


def test_the_list_of_a_unit_shows_the_parts_and_comes_back_unchanged(database, tmp_path):
    (tmp_path / "plan.yaml").write_text(IN_PARTS, encoding="utf-8")
    moment = moment_of(NOW, TODAY)
    load_plan(read_plan(tmp_path / "plan.yaml"), slug="fd", start=None, moment=moment)

    export_progress("fd", tmp_path / "进展.xlsx", "市司法局")

    rows = list(load_workbook(tmp_path / "进展.xlsx")["责任分解"].iter_rows(values_only=True))
    assert any("2025-06-30 制定方案\n2025-12-31 完成\n待定 汛期前" in row for row in rows)
    taken = load_progress("fd", tmp_path / "进展.xlsx", moment=moment)
    assert (taken.changes, taken.notes) == (0, [])
