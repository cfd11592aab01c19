"""Ledgers out, filled in, back, mended, evidence accepted and returned, scored, reported, packed: once through."""

import zipfile
from datetime import timedelta

import pytest
from sqlmodel import select

from models.campaign.work import Assignment
from models.database import open_session
from models.evidence.deciding import SaidOfEvidence
from models.evidence.evidence import EvidenceUse
from models.evidence.ledgers.issues import every_part
from models.evidence.listing import evidence_lines
from models.evidence.vault.keeping import is_kept
from models.figures.score import ScoringRule
from models.rules.evidence.pieces import NewEvidence
from models.rules.evidence.words import EvidenceState, Reception, Via
from models.settings import moment_of
from tasks.audit.chain import verify
from tasks.evidence.deciding import decide_pieces_of
from tasks.evidence.handing_in import hand_in
from tasks.figures.scoring_one import ScoreTyped, set_one_score
from tasks.intake.importing import import_ledgers
from tasks.ledgers.exporting import export_ledgers
from tasks.packages.making import make_package
from tasks.papers.keeping import PaperOrder
from tasks.papers.writing import write_report
from tests.conftest import NOW, ON_BOTH
from tests.support.pieces import indicator
from tests.support.round_of_ledgers import fill_in, mend, unit_of

UNITS = 8  # of forty: each ledger is a workbook and a process
WORDS = {"已完成": "done", "进行中": "started"}


def moment(day: int):
    return moment_of(NOW + timedelta(days=day))


@pytest.fixture
def office(campaign, campaign_id, tmp_path):
    """The campaign with two indicators that the first unit leads; three folders."""
    with open_session() as session:
        for code in ("1.1.1", "1.1.2"):
            id_ = indicator(session, campaign_id, code, f"公开行政执法事项清单（{code}）")
            session.add(ScoringRule(campaign_id=campaign_id, indicator_id=id_, points=5))
    for name in ("发出", "收件", "再收"):
        (tmp_path / name).mkdir()
    return tmp_path


@ON_BOTH
def test_a_round_of_ledgers_ends_in_a_report_and_a_package(office, campaign, campaign_id):
    sent = export_ledgers(campaign, office / "发出", moment(0))
    assert sent.ledgers == sent.new
    paths = sorted((office / "发出").glob("*.xlsx"), key=lambda path: -path.stat().st_size)[:UNITS]
    filled = {unit_of(path): fill_in(path, office / "收件", n) for n, path in enumerate(paths)}
    assert sum(len(one.bad) for one in filled.values()) > 3

    back = import_ledgers(campaign, office / "收件", moment(1))
    ledgers = [one for one in back.taken if one.unit]
    assert [one.reception for one in ledgers if not filled[one.unit].bad] == [
        Reception.TAKEN for one in filled.values() if not one.bad
    ]
    registered = states(campaign_id)
    for one in filled.values():
        for code, state in one.good.items():
            assert registered[one.unit, code] == WORDS[state]
        for code in one.bad:
            assert registered[one.unit, code] == "open"
    pieces = lines(campaign_id)
    assert sorted(p.file_name for p in pieces) == sorted(
        f for o in filled.values() for f in o.files
    )
    assert all(is_kept(one.sha256) for one in pieces)
    again = import_ledgers(campaign, office / "收件", moment(2))
    assert {one.reception for one in again.taken} == {Reception.REPEATED}
    assert again.copies == back.copies
    assert states(campaign_id) == registered
    assert lines(campaign_id) == pieces

    for copy in sorted(back.folder.glob("*.xlsx")):
        mend(copy, filled[unit_of(copy)]).rename(office / "再收" / copy.name)
    import_ledgers(campaign, office / "再收", moment(3))
    registered = states(campaign_id)
    for one in filled.values():
        assert {registered[one.unit, code] for code in one.bad} <= {"started"}

    codes = [one.code for one in pieces]
    said = SaidOfEvidence("创建办", "没有盖章", moment(4))
    assert decide_pieces_of(campaign, codes[:1], EvidenceState.RETURNED, said) == codes[:1]
    new = NewEvidence(
        pieces[0].title, [], file_name="盖章.txt", content="盖了章的说明".encode(), code=codes[0]
    )
    [revised] = hand_in(campaign, [new], f"{pieces[0].unit}联络员", Via.COMMAND, moment(5))
    assert (revised.code, revised.revision, revised.refused) == (codes[0], 2, "")
    accepted = SaidOfEvidence("创建办", "", moment(6))
    decide_pieces_of(campaign, codes, EvidenceState.ACCEPTED, accepted)
    assert {one.state for one in lines(campaign_id)} == {"accepted"}

    for kind, points in (("自评分", "4.5"), ("初审分", "4")):
        set_one_score(campaign, ScoreTyped("1.1.1", points, kind, "创建办"), moment(7))

    report = write_report(campaign, PaperOrder(office / "自评报告.docx"), moment(8))
    assert report.version.blanks > 0
    made = make_package(campaign, office / "包.zip", "创建办", moment(9))
    with zipfile.ZipFile(made.out) as archive:
        packed = [name for name in archive.namelist() if name.startswith("1.1.")]
    assert len(packed) == made.files == used_by_indicators(campaign_id)
    assert verify().lines == []


def states(campaign_id):
    with open_session(read_only=True) as session:
        return {(p.unit, p.code): p.state for p in every_part(session, campaign_id)}


def lines(campaign_id):
    with open_session(read_only=True) as session:
        return evidence_lines(session, campaign_id)


def used_by_indicators(campaign_id):
    with open_session(read_only=True) as session:
        query = (
            select(EvidenceUse.id)
            .join(Assignment, Assignment.id == EvidenceUse.assignment_id)
            .where(Assignment.indicator_id.is_not(None))
        )
        return len(session.exec(query).all())
