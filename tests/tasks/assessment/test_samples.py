"""The seed stands in the chain before the draw, and whoever draws again draws the same."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from models.assessment import drawing
from models.assessment.drill import DrawnItem, DrillDraw
from models.audit.chain import AuditEntry
from models.database import open_session
from models.errors import CampaignError, PlanError
from models.evidence.vault.keeping import place_of
from models.rules.assessment.words import Method
from tasks.assessment.population_lists import export_population
from tasks.assessment.records import export_record
from tasks.assessment.seeding import SampleOrder, draw_published, redraw, seed_sample
from tasks.audit.chain import verify
from tests.conftest import ON_BOTH
from tests.support.sheets import edited, texts
from tests.tasks.assessment.conftest import AT, BY

PAPERS = SampleOrder("M1", Method.PAPERS, 12)


def deeds(session):
    query = select(AuditEntry).order_by(AuditEntry.id)
    return [one for one in session.exec(query) if one.what.startswith("drill-")]


@ON_BOTH
def test_the_seed_stands_in_the_chain_before_anything_is_drawn(campaign, drill):
    published = seed_sample(None, PAPERS, BY, AT)
    with open_session(read_only=True) as session:
        entry = deeds(session)[-1]
        what, facts = entry.what, json.loads(entry.facts)
        assert not list(session.exec(select(DrawnItem)))
    assert (what, facts["seed"], facts["size"]) == ("drill-seeded", published.seed, 12)
    assert facts["population_sha256"] == published.digest

    found = draw_published(None, "M1", Method.PAPERS, BY, AT)

    assert len(found.rows) == 12
    assert redraw(None, "m1", Method.PAPERS).rows == found.rows
    assert draw_published(None, "M1", Method.PAPERS, BY, AT).rows == found.rows
    with open_session(read_only=True) as session:
        assert [one.what for one in deeds(session)][1:] == ["drill-seeded", "drill-drawn"]
    assert not verify().lines


def test_no_chapter_of_the_work_is_left_out_where_there_is_room(campaign, drill):
    seed_sample(None, PAPERS, BY, AT)
    found = draw_published(None, "M1", Method.PAPERS, BY, AT)

    assert len({row[3] for row in found.rows}) == 9  # every section of the pack's plan
    assert "行业" not in found.left_out


def test_publishing_twice_is_once_and_drawing_again_needs_a_reason(campaign, drill):
    first = seed_sample(None, PAPERS, BY, AT)
    assert seed_sample(None, PAPERS, BY, AT).seed == first.seed
    with pytest.raises(CampaignError, match="已经公布过种子"):
        seed_sample(None, SampleOrder("M1", Method.PAPERS, 13), BY, AT)
    draw_published(None, "M1", Method.PAPERS, BY, AT)
    with pytest.raises(CampaignError, match="再抽一次要写明理由"):
        seed_sample(None, PAPERS, BY, AT)

    again = seed_sample(None, SampleOrder("M1", Method.PAPERS, 12, reason="名单有误"), BY, AT)

    assert again.seed != first.seed
    with open_session(read_only=True) as session:
        numbers = [one.number for one in session.exec(select(DrillDraw).order_by(DrillDraw.id))]
    assert numbers == [1, 2]  # the first stays to be seen


def test_a_number_drawn_in_public_may_be_the_seed_and_is_said_so(campaign, drill):
    order = SampleOrder("M1", Method.SITE, 5, seed="0731-1946")
    found = seed_sample(None, order, BY, AT)

    assert (found.seed, found.source) == ("0731-1946", f"由{BY}给出")


def test_a_list_that_was_changed_in_the_vault_is_noticed(campaign, drill):
    found = seed_sample(None, PAPERS, BY, AT)
    place = place_of(found.digest)
    place.chmod(0o600)
    place.write_bytes(place.read_bytes().replace("要求".encode(), "要球".encode()) + b" ")

    with pytest.raises(CampaignError, match="与指纹不符"):
        draw_published(None, "M1", Method.PAPERS, BY, AT)


def test_a_sample_that_another_hand_changed_is_noticed(campaign, drill):
    seed_sample(None, PAPERS, BY, AT)
    draw_published(None, "M1", Method.PAPERS, BY, AT)
    with open_session() as session:
        session.exec(select(DrawnItem)).first().key = "W99#1"

    with pytest.raises(CampaignError, match="与登记的样本不同"):
        redraw(None, "M1", Method.PAPERS)


def test_nothing_is_drawn_without_a_seed(campaign, drill):
    with pytest.raises(CampaignError, match="还没有公布种子"):
        draw_published(None, "M1", Method.PAPERS, BY, AT)
    with pytest.raises(CampaignError, match="还没有抽样"):
        redraw(None, "M1", Method.PAPERS)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (SampleOrder("M1", Method.CASE_FILES, 5), "案卷评查要案卷名单"),
        (SampleOrder("M1", Method.LAW_TEST, 5), "不在这里抽样"),
        (SampleOrder("M1", Method.SEARCH), "总体是空的"),  # nothing is public yet
        (SampleOrder("M9", Method.SITE), "没有编号为 M9"),
    ],
)
def test_what_cannot_be_sampled_is_said(campaign, drill, order, words):
    with pytest.raises(CampaignError, match=words):
        seed_sample(None, order, BY, AT)


def test_every_fault_of_a_list_of_files_is_named_and_nothing_is_published(cases):
    def spoil(book):
        page = book["案卷名单"]
        page["A5"].value = "案1"
        page["B6"].value = "市气象局所"
        page["C7"].value = "裁决"
        page["D8"].value = "2027-01-01"

    path = edited(cases, spoil, "有误.xlsx")
    with pytest.raises(PlanError) as caught:
        seed_sample(None, SampleOrder("M1", Method.CASE_FILES, 5, path), BY, AT)

    assert [line.split("：")[0] for line in caught.value.faults] == [
        "表“案卷名单”第 5 行“案卷编号”列",
        "表“案卷名单”第 6 行“单位”列",
        "表“案卷名单”第 7 行“种类”列",
        "表“案卷名单”第 8 行“办结日期”列",
    ]
    with open_session(read_only=True) as session:
        assert not list(session.exec(select(DrillDraw)))


def test_each_kind_and_unit_is_in_a_sample_of_files(sampled, cases):
    found = redraw(None, "M1", Method.CASE_FILES)

    assert {row[1] for row in found.rows} == {"市司法局", "市公安局", "市市场监管局"}
    assert {row[3] for row in found.rows} == {"许可", "处罚", "强制"}


def test_a_place_is_listed_with_what_to_ask_and_which_demands_to_see(campaign, drill, tmp_path):
    out = tmp_path / "地点.xlsx"
    export_population(None, Method.SITE, out, AT)
    seed_sample(None, SampleOrder("M1", Method.SITE, 4, out), BY, AT)
    draw_published(None, "M1", Method.SITE, BY, AT)
    record = tmp_path / "实地.xlsx"
    export_record(None, "M1", Method.SITE, record, ("", "", AT))

    from openpyxl import load_workbook

    rows = texts(load_workbook(record)["评估记录"])
    assert {row[1] for row in rows} == {row[2] + "办公场所" for row in rows}
    assert len({row[1] for row in rows}) == 4
    assert {"问1", "看1"} < {row[4] for row in rows}
    assert any(row[4].startswith("W") for row in rows)


def test_two_who_draw_at_once_draw_one_sample(campaign, drill):
    seed_sample(None, PAPERS, BY, AT)

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(draw_published, None, "M1", Method.PAPERS, BY, AT) for _ in range(4)]
        found = [one.result().rows for one in asked]

    assert all(one == found[0] for one in found)
    with open_session(read_only=True) as session:
        assert [one.what for one in deeds(session)].count("drill-drawn") == 1
        assert len(list(session.exec(select(DrawnItem)))) == 12


def test_killed_between_the_vault_and_the_entry_nothing_is_half_drawn_and_it_runs_again(
    cases, monkeypatch
):
    order = SampleOrder("M1", Method.CASE_FILES, 6, cases)

    def killed(*_):
        raise KeyboardInterrupt

    for step in (
        lambda: seed_sample(None, order, BY, AT),
        lambda: draw_published(None, "M1", Method.CASE_FILES, BY, AT),
    ):
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(drawing, "record_method", killed)
            step()
        with open_session(read_only=True) as session:
            assert not list(session.exec(select(DrawnItem)))
        step()

    with open_session(read_only=True) as session:
        assert list(session.exec(select(DrillDraw.number))) == [1]
    assert len(redraw(None, "M1", Method.CASE_FILES).rows) == 6
    assert not verify().lines
