"""Sixty units' ledgers out, back by folder and by mail, mended, judged, scored, reported, packed: once through."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from models.campaign.work import Assignment, Indicator
from models.database import open_session
from models.evidence.deciding import SaidOfEvidence
from models.evidence.listing import evidence_lines
from models.evidence.vault.keeping import is_kept
from models.figures.score import ScoringRule
from models.figures.scoring import score_lines
from models.rules.evidence.pieces import NewEvidence
from models.rules.evidence.words import EvidenceState, Reception, Via
from models.rules.figures.words import ScoreKind
from models.units.unit import Unit
from tasks.audit.chain import verify
from tasks.evidence.deciding import decide_pieces_of
from tasks.evidence.handing_in import hand_in
from tasks.intake.importing import import_ledgers
from tasks.intake.listing import intake_list
from tasks.intake.mailbox.answers import send_answers
from tasks.ledgers.exporting import export_ledgers
from tasks.packages.making import make_package
from tasks.papers.keeping import PaperOrder
from tasks.papers.writing import write_report
from tests.conftest import ON_BOTH
from tests.support.imap import Dovecot
from tests.support.mails import head, mixed, part, text, word
from tests.support.pieces import indicator
from tests.support.round_of_ledgers import Filled, fill_in, mend, score_itself, unit_of
from tests.tasks.intake.mailbox.test_ledgers_by_mail import (
    CAME,
    as_mail,
    later,
    letters,
    out,
    states,
    whole,
)
from tests.tools.fake_provider import FakeMail

__all__ = ["out"]
pytestmark = pytest.mark.imap
UNITS, INDICATORS = 60, 104


@pytest.fixture
def units(campaign: str, campaign_id: int) -> list[str]:
    """Sixty units, each with a lead part in an indicator at least; every indicator is worth a point."""
    with open_session() as session:
        have = list(session.exec(select(Unit).where(Unit.campaign_id == campaign_id)))
        more = [
            Unit(campaign_id=campaign_id, name=f"第{n}街道办事处") for n in range(len(have), UNITS)
        ]
        session.add_all(more)
        session.flush()
        every = [*have, *more][:UNITS]
        for n in range(INDICATORS):
            code = f"{n // 26 + 1}.{n // 5 % 5 + 1}.{n % 5 + 1}-{n}"
            id_ = indicator(session, campaign_id, code, f"公开行政执法事项清单（{n}）")
            session.add(ScoringRule(campaign_id=campaign_id, indicator_id=id_, points=1))
            [assigned] = session.exec(select(Assignment).where(Assignment.indicator_id == id_))
            assigned.unit_id, assigned.due = every[n % UNITS].id, date(2025, 12, 31)
        return [one.name for one in every]


def returned_by_mail(out: FakeMail, folder: Path) -> dict[str, Path]:
    """Save the marked copies that answers brought, by whom they went to."""
    found = {}
    for sender, letter in letters(out).items():
        for copy in letter.iter_attachments():
            found[sender] = folder / str(copy.get_filename())
            found[sender].write_bytes(copy.get_payload(decode=True))
    return found


def answer_to(path: Path, sender: str) -> bytes:
    start = head(
        word("改好的台账"), message_id=f"<again-{sender}>".encode(), sender=sender.encode()
    )
    return mixed(
        text(), part(path.read_bytes(), b'filename="' + word(path.name) + b'"'), start=start
    )


@ON_BOTH
def test_sixty_units_go_through_a_whole_round_by_folder_and_by_mail(
    imap: Dovecot,
    out: FakeMail,
    units: list[str],
    campaign: str,
    campaign_id: int,
    tmp_path: Path,
) -> None:
    for name in ("发出", "收件", "再收"):
        (tmp_path / name).mkdir()
    inbox, again = tmp_path / "收件", tmp_path / "再收"
    sent = export_ledgers(campaign, tmp_path / "发出", later())
    assert sent.ledgers == sent.new == UNITS

    # Every second unit answers by mail, the others put their files where the office finds them.
    filled: list[Filled] = []
    mails = []
    for n, path in enumerate(sorted((tmp_path / "发出").glob("*.xlsx"))):
        filled.append(fill_in(path, inbox, n))
        score_itself(inbox / path.name, 0.5)
        if n % 2:
            mails.append(as_mail(inbox, inbox / path.name, filled[-1], n))
    by_mail = {f"unit{n}@example.cn": one for n, one in enumerate(filled) if n % 2}
    imap.put(*mails, when=CAME)
    back = import_ledgers(campaign, inbox, later())
    assert [one.faults for one in whole(1)] == [(), (), ()]
    assert send_answers(later(5)).sent == len(mails) == len(out.letters)
    assert intake_list(campaign, later(6)).silent == []

    # Good rows stand, bad ones do not, and every file lies in the vault.
    registered = states(campaign_id)
    words = {"已完成": "done", "进行中": "started"}
    for one in filled:
        assert {code: registered[one.unit, code] for code in one.good} == {
            code: words[state] for code, state in one.good.items()
        }
        assert {registered[one.unit, code] for code in one.bad} <= {"open"}
    with open_session(read_only=True) as session:
        pieces = evidence_lines(session, campaign_id)
        scored = [one.points(ScoreKind.SELF) for one in score_lines(session, campaign_id)]
    assert sorted(one.file_name for one in pieces) == sorted(f for o in filled for f in o.files)
    assert all(is_kept(one.sha256) for one in pieces)
    assert scored == [0.5] * INDICATORS

    # The marked copies are mended and come back on the way they went.
    by_name = {one.unit: one for one in filled}
    for copy in sorted(back.folder.glob("*.xlsx")):
        mend(copy, by_name[unit_of(copy)]).rename(again / copy.name)
    import_ledgers(campaign, again, later(20))
    copies = returned_by_mail(out, tmp_path)
    assert copies.keys() == {sender for sender, one in by_mail.items() if one.bad}
    imap.put(*(answer_to(mend(path, by_mail[to]), to) for to, path in copies.items()), when=CAME)
    assert sum(one.mails for one in whole(30)) == len(copies)
    registered = states(campaign_id)
    for one in filled:
        assert {registered[one.unit, code] for code in one.bad} <= {"started"}

    # One piece goes back with its reason and is revised; all are accepted.
    code = pieces[0].code
    said = SaidOfEvidence("创建办审核岗", "没有盖章", later(60))
    assert decide_pieces_of(campaign, [code], EvidenceState.RETURNED, said) == [code]
    new = NewEvidence(pieces[0].title, [], file_name="盖章.txt", content=b"sealed", code=code)
    [revised] = hand_in(campaign, [new], f"{pieces[0].unit}联络员", Via.COMMAND, later(61))
    assert (revised.revision, revised.refused) == (2, "")
    accepted = SaidOfEvidence("创建办审核岗", "", later(62))
    decide_pieces_of(campaign, [one.code for one in pieces], EvidenceState.ACCEPTED, accepted)

    report = write_report(campaign, PaperOrder(tmp_path / "自评报告.docx"), later(63))
    made = [make_package(campaign, tmp_path / f"包{n}.zip", "创建办", later(64)) for n in (1, 2)]

    assert report.version.number == 1 and report.version.blanks > 0
    assert made[0].sha256 == made[1].sha256
    with zipfile.ZipFile(made[0].out) as archive:
        assert archive.testzip() is None
    with open_session(read_only=True) as session:
        assert {one.state for one in evidence_lines(session, campaign_id)} == {"accepted"}
        asked = len(session.exec(select(Indicator.id)).all())
    assert asked == INDICATORS
    again_taken = import_ledgers(campaign, again, later(90)).taken
    assert {one.reception for one in again_taken} == {Reception.REPEATED}
    assert verify().lines == []
