"""A unit that was merged sends its ledger from its old address: taken for its successor, and told so."""

import email
import email.policy
from pathlib import Path

import pytest
from sqlmodel import col, select

from models.database import open_session
from models.evidence.intake.received import ReceivedFile
from models.evidence.listing import evidence_lines
from models.evidence.vault.keeping import is_kept
from models.rules.words import Progress
from models.units.unit import unit_names
from tasks.campaign.succession import hand_over
from tasks.intake.mailbox.answers import send_answers
from tasks.intake.mailbox.round import collect_mail
from tasks.intake.receiving import receive
from tasks.ledgers.exporting import export_ledgers
from tests.conftest import ON_BOTH
from tests.support.imap import Dovecot
from tests.support.mails import head, mixed, part, text, word
from tests.support.sheets import edited, place
from tests.tasks.intake.mailbox.test_ledgers_by_mail import CAME, later, way_out
from tests.tasks.ledgers.test_held_by_others import HEIR, UNIT, hand_in_row, parts_of, retire
from tests.tools.fake_provider import FakeMail

pytestmark = pytest.mark.imap
OLD_ADDRESS = b"sfj@example.cn"
FILE = "培训通知.txt"


def mail_of(ledger: Path, id_: bytes) -> bytes:
    """Return a mail from the old unit's address with a ledger and a file that it names."""
    named = [b'filename="' + word(name) + b'"' for name in (ledger.name, FILE)]
    parts = [
        part(ledger.read_bytes(), named[0]),
        part("关于开展行政执法培训的通知".encode(), named[1]),
    ]
    start = head(word("报送台账"), message_id=id_, sender=OLD_ADDRESS)
    return mixed(text(), *parts, start=start)


def filled(book) -> None:
    page = book["台账"]
    place(page, "状态", 编号="W6").value = "进行中"
    place(page, "状态", 编号="W1").value = "办完了"
    hand_in_row("W6", "培训通知", FILE)(book)


def told(out: FakeMail) -> list[str]:
    letters = (email.message_from_bytes(one, policy=email.policy.default) for one in out.letters)
    return [str(one.get_body(("plain",)).get_content()) for one in letters]


@ON_BOTH
def test_the_old_address_of_a_merged_unit_is_answered_and_its_ledger_is_its_successors(
    imap: Dovecot,
    mail: FakeMail,
    campaign: str,
    campaign_id: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = way_out(mail, tmp_path, monkeypatch)
    export_ledgers(campaign, tmp_path / "发出", later(-60), unit=UNIT)
    [sent] = (tmp_path / "发出").glob("*.xlsx")
    back = edited(sent, filled, "司法局填好.xlsx")
    retire()
    hand_over(campaign, UNIT, HEIR, "创建办", "机构改革", later(-30))
    imap.put(mail_of(back, b"<one@example.cn>"), when=CAME)

    collect_mail(later(), receive)
    send_answers(later())

    [said] = told(out)
    assert f"原由{UNIT}承担，已转给{HEIR}，按{HEIR}的收下" in said
    assert "写的是“办完了”" in said
    assert "收下材料 1 份" in said
    assert parts_of(HEIR)["W6"] == (Progress.STARTED, f"{HEIR}联络员")
    with open_session(read_only=True) as session:
        assert [(one.unit, one.title) for one in evidence_lines(session, campaign_id)] == [
            (HEIR, "培训通知")
        ]
        files = session.exec(select(ReceivedFile).order_by(col(ReceivedFile.id))).all()
        old = unit_names(session, campaign_id)[UNIT]
        assert {one.name for one in files} == {back.name, FILE}
        assert all(is_kept(one.sha256) for one in files)
        [ledger] = [one for one in files if one.kind == "ledger"]
        assert (ledger.unit_id, is_kept(ledger.returned_sha256)) == (old, True)

    imap.put(mail_of(back, b"<two@example.cn>"), when=CAME)
    collect_mail(later(60), receive)
    send_answers(later(60))

    with open_session(read_only=True) as session:
        assert len(evidence_lines(session, campaign_id)) == 1
    assert parts_of(HEIR)["W6"][0] == Progress.STARTED
