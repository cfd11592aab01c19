"""The archive of a campaign: every revision with what is known of it, and the four checks."""

import csv
import hashlib
import io
import zipfile

import pytest
from openpyxl import load_workbook
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from models.database import open_session
from models.evidence.evidence import EvidenceMark, EvidenceRevision
from models.evidence.vault.keeping import keep, place_of
from models.keys import key_of
from models.papers.paper import Paper
from models.rules.evidence.findings import CHECKS, Quality
from models.settings import moment_of
from models.units.unit import Unit
from tasks.archive.archiving import archive_campaign
from tasks.campaign.life import close_campaign
from tasks.packages.four_checks import Looked, checked_items, said_in_one_line
from tests.conftest import NOW, ON_BOTH
from tests.support.pieces import indicator, piece, revised
from tests.support.registers import fill_up

MOMENT = moment_of(NOW)


@pytest.fixture
def closed(campaign, campaign_id):
    with open_session() as session:
        unit = session.get_one(Unit, 1)
        indicator(session, campaign_id, "1.1.1", "公开清单", demands=2)
        more = {"provider_id": unit.id, "media": "pdf", "file_name": "清单.pdf"}
        row = piece(session, campaign_id, "一", ("1.1.1", 1), title="清单", **more)
        revised(session, row, "二".encode(), 2, media="docx", file_name="=清单.docx")
        piece(session, campaign_id, "废", title="=废", state="returned", withdrawn=True)
        kept = keep(b"report")
        session.add(
            Paper(
                campaign_id=campaign_id,
                kind="report",
                version=1,
                title="自评报告",
                sha256=kept.sha256,
                characters=6,
                made_at=NOW,
            )
        )
    close_campaign(campaign, "创建办", "已获命名", MOMENT)
    return campaign


def packed(campaign, path):
    line = archive_campaign(campaign, path, "创建办", "归档", MOMENT)
    with zipfile.ZipFile(path) as archive:
        return line, {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


@ON_BOTH
def test_every_revision_and_every_paper_is_in_it_with_what_is_known(closed, tmp_path):
    _, files = packed(closed, tmp_path / "归档.zip")

    assert files["材料/E0001/第1版 清单.pdf"].decode() == "一"
    assert files["材料/E0001/第2版 清单.docx"].decode() == "二"
    assert files["材料/E0002/第1版 =废.txt"].decode() == "废"
    assert files["文书/自评报告 自评报告（第1版）.docx"] == b"report"
    rows = list(csv.DictReader(io.StringIO(files["材料目录.csv"].decode("utf-8-sig"))))
    assert [(r["材料编号"], r["版次"], r["状态"], r["是否撤回"]) for r in rows] == [
        ("E0001", "1", "通过", "否"),
        ("E0001", "2", "通过", "否"),
        ("E0002", "1", "退回", "是"),
    ]
    assert rows[2]["名称"] == "'=废"
    assert rows[2]["提供单位"] == "创建办"  # what no unit provides comes from the office
    assert rows[0]["SHA-256 指纹"] == hashlib.sha256("一".encode()).hexdigest()


@ON_BOTH
def test_what_is_wrong_is_named_by_its_quality_and_stops_nothing(closed, tmp_path):
    with open_session() as session:
        rows = {one.id: one for one in session.exec(select(EvidenceRevision))}
        place_of(rows[1].sha256).unlink()
        place_of(rows[2].sha256).chmod(0o600)
        place_of(rows[2].sha256).write_bytes(b"changed")
        mark = {"check_id": "blurred", "detail": "模糊"}
        session.add(EvidenceMark(revision_id=key_of(rows[2]), **mark))
        session.add(EvidenceMark(revision_id=key_of(rows[2]), **mark | {"verdict": "overruled"}))

    line, files = packed(closed, tmp_path / "归档.zip")

    assert "真实性有 1 项问题，完整性有 2 项问题，可用性有 2 项问题，安全性合格" in line
    page = load_workbook(io.BytesIO(files["四性检查.xlsx"])).active
    wrong = [(r[0], r[3]) for r in page.iter_rows(min_row=4, values_only=True) if r[2] == "有问题"]
    assert wrong == [
        ("真实性", "E0001 第 2 版指纹不符"),
        ("完整性", "E0001 第 1 版文件不见了"),
        ("完整性", "1 条要求没有"),
        ("可用性", "E0001建议另存一份 PDF 或 OFD"),
        ("可用性", "1 份有标记（从 E0001 起），请换成清晰的图片"),
    ]


def test_nothing_wrong_is_said_said_in_one_line():
    items = checked_items(Looked(), [], 0, 0, "")

    assert said_in_one_line(items) == "真实性合格，完整性合格，可用性合格，安全性合格"
    assert {item.quality for item in items} == set(Quality)


def test_every_check_at_hand_in_belongs_to_one_of_the_four():
    assert {check.quality for check in CHECKS.values()} == set(Quality)


def test_a_broken_chain_is_what_is_not_true():
    items = checked_items(Looked(), [], 0, 0, "第 3 条被改动")
    assert "真实性有 1 项问题" in said_in_one_line(items)


@ON_BOTH
def test_where_the_register_is_full_no_archive_stays(closed, tmp_path):
    with open_session() as session:
        fill_up(session.connection())

    with pytest.raises(DBAPIError, match="no more"):
        archive_campaign(closed, tmp_path / "归档.zip", "创建办", "归档", MOMENT)

    assert not list(tmp_path.iterdir())
