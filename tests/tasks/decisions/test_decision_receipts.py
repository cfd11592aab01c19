"""Receipts: whatever is done in a leader's name is told to the leader at once, on the own channel."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.decisions.tries import HandedIn
from models.notices.notice import Notice
from models.rules.decisions.answers import Answer, Said
from models.settings import moment_of
from tasks.decisions.answering import take_answer
from tasks.notices.burden import allow
from tasks.notices.delivery import deliver
from tasks.notices.silences import add_silence
from tests.conftest import ON_BOTH
from tests.support.deciding import asked, code_for, decide, noon, notices
from tests.support.phones import open_phones

MONDAY = date(2025, 7, 21)
NIGHT = datetime(2025, 7, 21, 14, 30, tzinfo=UTC)  # 22:30 in Shanghai
FORCE = Said(Answer.FORCE, "边推进边补")


@pytest.fixture
def phones(tmp_path, monkeypatch):
    with open_phones(tmp_path, monkeypatch) as running:
        yield running


def entry(what: str) -> int:
    with open_session(read_only=True) as session:
        return session.exec(select(AuditEntry.id).where(AuditEntry.what == what)).one()


def test_a_receipt_says_what_when_by_which_way_and_how_to_object(office, phones):
    number = asked(office())
    phones.send(MONDAY)
    code = phones.code("组长", "审批")
    take_answer(
        number,
        FORCE,
        HandedIn(code, "run", 1, "10.1.2.3", name="张三"),
        moment_of(noon(MONDAY), MONDAY),
    )
    phones.send(MONDAY)

    [said] = phones.said("组长", "【回执】")
    assert f"审批（编号 {number}），组长 张三：**强制推进**。理由：边推进边补。" in said
    assert "2025-07-21 12:00，在界面上（来自 10.1.2.3）凭发到其通道的验证码" in said
    assert f"记录第 {entry('decision-force')} 条" in said
    assert "请在 2025-07-24 前[提出异议]" in said
    assert phones.said("分管领导", "【回执】") == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(Answer.RETURN, "材料不实"), "**退回**。理由：材料不实"),
        (Said(Answer.POSTPONE, "等复核", date(2025, 8, 29)), "**延期**（延期到 2025-08-29）"),
        (Said(Answer.TRANSFER, transfer_to="分管领导"), "**转给分管领导决定**"),
    ],
)
def test_every_answer_has_its_receipt(office, said, words):
    number = asked(office("gates: {may_transfer: true}"))
    decide(number, said, MONDAY)

    [receipt] = notices("receipt")
    assert words in receipt.words
    assert "凭创建办打印转交的验证码单" in receipt.words


def test_a_receipt_waits_for_no_morning_and_no_window(office, phones):
    number = asked(office())
    phones.send(MONDAY)  # the message of this window is said
    sheet = code_for(number, MONDAY)
    take_answer(number, FORCE, HandedIn.at_command(sheet, ""), moment_of(NIGHT, MONDAY))
    deliver(lambda: NIGHT)

    assert len(phones.said("组长", "打印了组长的验证码单")) == 1
    [said] = phones.said("组长", "【回执】")
    assert "22:30，在命令行凭创建办打印转交的验证码单" in said


@pytest.mark.parametrize("scope", ["S1", "全部"])
def test_no_silence_covers_a_receipt(office, phones, scope):
    number = asked(office())
    phones.send(MONDAY)
    add_silence(
        "xj",
        scope,
        author="创建办",
        reason="不必再说",
        until=date(2025, 7, 31),
        moment=moment_of(noon(MONDAY), MONDAY),
    )
    decide(number, FORCE, MONDAY)
    phones.send(MONDAY)

    assert len(phones.said("组长", "【回执】")) == 1
    assert len(phones.said("组长", "打印了组长的验证码单")) == 1


def test_a_sheet_is_told_to_who_it_is_for_with_how_to_stop_it(office, phones):
    number = asked(office())
    code = code_for(number, MONDAY)
    phones.send(MONDAY)

    [said] = phones.said("组长", "验证码单已打印")
    assert "2025-07-21 12:00，创建办打印了组长的验证码单" in said
    assert "理由：测试" in said
    assert f"记录第 {entry('decision-code-printed')} 条" in said
    assert "请立即[提出异议]" in said
    assert code not in said


@ON_BOTH
def test_a_replayed_answer_has_one_receipt(office, phones):
    number = asked(office())
    code = code_for(number, MONDAY)
    for _ in range(2):
        take_answer(number, FORCE, HandedIn(code, "run", 1), moment_of(noon(MONDAY), MONDAY))

    assert len(notices("receipt")) == 1


def test_each_of_several_hears_of_the_own_word_and_of_what_it_came_to(office, phones):
    number = asked(office("gates: {deciders: [组长, 分管领导], all_must_agree: true}"))
    decide(number, FORCE, MONDAY, post="分管领导")
    phones.send(MONDAY)
    [first] = phones.said("分管领导", "【回执】")
    assert "**强制推进**（还需组长表态）" in first
    assert phones.said("组长", "【回执】") == []
    decide(number, Said(Answer.RETURN, "材料不实"), MONDAY, post="组长")
    phones.send(MONDAY)

    assert "**退回**。理由：材料不实" in phones.said("组长", "【回执】")[0]
    last = phones.said("分管领导", "【回执】")[-1]
    assert "**强制推进**（由组长最后决定：退回）" in last


def test_who_handed_it_on_hears_what_the_other_decided(office, phones):
    number = asked(office("gates: {may_transfer: true}"))
    decide(number, Said(Answer.TRANSFER, transfer_to="分管领导"), MONDAY)
    decide(number, FORCE, MONDAY, post="分管领导")
    phones.send(MONDAY)

    assert "由分管领导最后决定：强制推进" in phones.said("组长", "【回执】")[-1]
    assert "**强制推进**" in phones.said("分管领导", "【回执】")[-1]


@ON_BOTH
def test_a_receipt_that_reaches_nobody_is_kept_and_shown(office):
    number = asked(office())
    decide(number, FORCE, MONDAY)
    deliver(lambda: noon(MONDAY))

    with open_session(read_only=True) as session:
        [kept] = session.exec(select(Notice).where(Notice.rule == "receipt"))
        assert (kept.state, kept.reason) == ("unsendable", "no-channels-file")


@ON_BOTH
def test_a_yes_that_the_office_records_for_a_leader_is_told_to_the_leader(office, phones):
    office()
    allow("xj", "县司法局", by="分管领导", reason="", moment=moment_of(noon(MONDAY), MONDAY))
    phones.send(MONDAY)

    [said] = phones.said("分管领导", "创建办登记分管领导同意：县司法局本周的提醒")
    assert f"记录第 {entry('asks-allowed')} 条" in said
    assert phones.said("组长", "登记分管领导同意") == []
