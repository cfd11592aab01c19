"""Checklists, pages, status and leaders' letters say where evidence stands; without any they are as before."""

import json
import re

import pytest
from python_calamine import load_workbook
from sqlmodel import select

from deployments.cli import run
from models.campaign.work import Assignment
from models.database import open_session
from models.evidence.deciding import SaidOfEvidence
from models.rules.evidence.words import EvidenceState
from models.settings import moment_of
from tasks.evidence.deciding import decide_pieces_of
from tasks.gates.checklists import checklist, rounds_under_way, write_checklists
from tasks.patrol.board import board_pages
from tasks.patrol.patrol import patrol_campaign
from tasks.patrol.summary import standing
from tasks.patrol.view import view_campaign
from tests.conftest import NOW, TODAY
from tests.support.evidence import NOON, first_item, handed, piece
from tests.support.packs import load_pack


@pytest.fixture
def item(campaign):
    patrol_campaign(campaign, moment_of(NOW, TODAY))
    return first_item()


def cells(folder, unit):
    [path] = folder.rglob(f"{unit}.xlsx")
    return load_workbook(path).get_sheet_by_index(0).to_python()


def a_round(slug="jc"):
    return next(one for one in rounds_under_way(TODAY, campaign=slug))


def returned(slug="jc"):
    said = SaidOfEvidence("创建办审核岗", "没有盖章", NOON)
    decide_pieces_of(slug, ["E0001"], EvidenceState.RETURNED, said)


def test_a_checklist_says_of_each_item_what_was_handed_in_and_what_is_missing(item, tmp_path):
    before = checklist(a_round(), item.unit)
    handed(piece(items=[item.code], provider=item.unit))
    returned()
    one = a_round()
    text = checklist(one, item.unit)
    write_checklists([one], tmp_path, item.unit)

    assert "## 证明材料" not in before
    [row] = [
        line
        for line in text.splitlines()
        if line.startswith(f"| {item.code} |") and "E0001" in line
    ]
    assert "E0001《执法人员培训通知》退回：没有盖章 | 没有已报或通过的材料" in row
    assert "按退回原因改好 E0001，再报一次" in row
    rows = cells(tmp_path, item.unit)
    head = next(row for row in rows if "编号" in row)
    assert head[-4:] == ["要求", "已报材料及处理", "还缺", "下一步"]
    assert [row[0] for row in rows if "退回：没有盖章" in str(row[-3])] == [item.code]


def test_without_evidence_a_checklist_has_the_columns_it_had(item, tmp_path):
    write_checklists([a_round()], tmp_path, item.unit)

    [head] = [row for row in cells(tmp_path, item.unit) if "编号" in row]
    assert "要求" not in head
    assert "下一步" not in head


def test_a_column_of_notes_is_there_where_somebody_wrote_one_and_is_in_the_text_too(item, tmp_path):
    write_checklists([a_round()], tmp_path / "a", item.unit)
    bare = checklist(a_round(), item.unit)
    [head] = [row for row in cells(tmp_path / "a", item.unit) if "编号" in row]
    assert "说明" not in head
    assert "| 灯 |\n| --- |" in bare

    with open_session() as session:
        session.exec(select(Assignment).order_by(Assignment.id)).first().note = "等财政|拨款。"
    write_checklists([a_round()], tmp_path / "b", item.unit)
    text = checklist(a_round(), item.unit)
    [head] = [row for row in cells(tmp_path / "b", item.unit) if "编号" in row]
    assert "说明" in head
    assert "| 灯 | 说明 |\n| --- | --- |" in text
    assert "| 等财政\\|拨款。 |" in text
    rows = [line for line in text.splitlines() if line.startswith("| W")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in rows} == {8}


def test_the_page_and_the_status_say_where_each_unit_stands(item, capsys):
    view = view_campaign("jc", TODAY)
    assert "证明材料" not in board_pages([view]).chart + standing(view)
    handed(piece(items=[item.code], provider=item.unit))
    returned()
    view = view_campaign("jc", TODAY)
    page = board_pages([view]).chart

    assert f"| {item.unit} | 还没有 {view.evidence.units[0].parts} 项，退回 1 份 |  |" in page
    table = [line for line in page.splitlines() if line.startswith(f"| {item.unit} |")]
    assert {line.count("|") for line in table} == {4}  # three columns, as wide as a phone
    assert "证明材料 1 份（退回 1）" in standing(view)
    assert run(["status", "--today", TODAY.isoformat()]) == 0
    assert "证明材料 1 份（退回 1）" in capsys.readouterr().out
    assert run(["status", "--today", TODAY.isoformat(), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["campaigns"][0]["evidence"]
    assert (told["pieces"], told["returned"]) == (1, 1)


def test_two_campaigns_with_evidence_are_shown_each_its_own(item, tmp_path):
    load_pack(moment_of(NOW, TODAY), "other")
    patrol_campaign("other", moment_of(NOW, TODAY))
    handed(piece(items=[item.code], provider=item.unit))
    handed(piece("他市材料", [item.code], content=b"x", provider=item.unit), campaign="other")
    returned("other")

    assert "已报" in checklist(a_round(), item.unit).split("## 证明材料")[1]
    assert "他市材料" not in checklist(a_round(), item.unit)
    theirs = checklist(a_round("other"), item.unit)
    assert "他市材料" in theirs
    assert "执法人员培训通知" not in theirs
    pages = board_pages([view_campaign(slug, TODAY) for slug in ("jc", "other")])
    assert pages.chart.count("证明材料和台账：证明材料 1 份") == 2
