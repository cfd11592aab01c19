"""Deputies: who decides for whom on which days, and what becomes of it when it ends early."""

from datetime import date

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.decisions.decision import DecisionCode
from models.decisions.delegation import Delegation
from models.errors import CampaignError, DecisionError
from models.rules.decisions.answers import Answer, Said
from models.settings import moment_of
from models.units.unit import Post
from tasks.decisions.deputies.delegating import Lent, ToLend, agree, delegate
from tasks.decisions.deputies.delegations import delegation_rows, undelegate
from tasks.decisions.questions import read_question
from tests.conftest import ON_BOTH
from tests.support.deciding import asked, code_for, decide, decision, noon, notices
from tests.support.phones import open_phones

MONDAY, TUESDAY, FRIDAY = date(2025, 7, 21), date(2025, 7, 22), date(2025, 7, 25)
FORCE = Said(Answer.FORCE, "边推进边补")


def lend(first=MONDAY, last=FRIDAY, *, post="组长", to="分管领导", by="组长", today=MONDAY) -> Lent:
    return delegate("xj", ToLend(post, to, first, last, by), moment_of(noon(today), today))


@pytest.fixture
def phones(tmp_path, monkeypatch):
    with open_phones(tmp_path, monkeypatch) as running:
        yield running


def consent(lent: Lent, code: str, today=MONDAY):
    return agree(lent.id, code, moment_of(noon(today), today))


def lend_with_consent(phones) -> Lent:
    lent = lend(by="创建办")
    phones.send(MONDAY)
    assert consent(lent, phones.code("组长", "代为决定")).done
    return lent


def end(post="组长", by="组长", why="已回岗", today=TUESDAY) -> list[str]:
    return undelegate("xj", post, by, why, moment_of(noon(today), today))


def test_from_the_end_on_the_post_decides_itself_and_the_deputys_code_is_worthless(office):
    number = asked(office())
    lend()
    lent = code_for(number, MONDAY)
    assert end() == ["分管领导"]

    assert not decide(number, FORCE, TUESDAY, code=lent).done
    assert decide(number, FORCE, TUESDAY).done
    assert decision(number).answered_by == "组长"
    with open_session(read_only=True) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.what == "delegation-ended")).one()
        assert (entry.who, entry.subject) == ("组长", "组长")
        assert '"reason":"已回岗"' in entry.facts
        assert '"to":"分管领导"' in entry.facts
        assert session.exec(select(Delegation)).one().revoked


@ON_BOTH
def test_the_post_gets_a_code_of_its_own_at_once(office, phones):
    slug = office()
    lend_with_consent(phones)
    number = asked(slug)
    phones.send(MONDAY)
    end()
    phones.send(TUESDAY)

    assert len(phones.said("分管领导", f"审批（编号 {number}）的验证码")) == 1
    assert len(phones.said("组长", f"审批（编号 {number}）的验证码")) == 1
    with open_session(read_only=True) as session:
        codes = session.exec(
            select(DecisionCode).where(DecisionCode.purpose == "decide").order_by(DecisionCode.id)
        ).all()
        assert [c.state for c in codes] == ["void", "open"]
    assert "请 组长 在" in read_question(number, "x", moment_of(noon(TUESDAY), TUESDAY)).markdown


def test_what_stands_and_what_is_to_come_is_listed(office):
    office()
    lend()
    lend(date(2025, 9, 1), date(2025, 9, 5), post="分管领导", to="创建办")
    rows = delegation_rows(None, TUESDAY)

    assert [(r.post, r.deputy, r.stands) for r in rows] == [
        ("组长", "分管领导", True),
        ("分管领导", "创建办", False),
    ]
    assert rows[0].last == date(2025, 7, 25)
    assert [r.post for r in delegation_rows("xj", date(2025, 8, 1))] == ["分管领导"]
    end(post="分管领导")
    assert [r.post for r in delegation_rows("xj", TUESDAY)] == ["组长"]


@ON_BOTH
def test_the_same_again_is_registered_once(office):
    office()
    assert (lend().new, lend().new) == (True, False)
    with open_session(read_only=True) as session:
        assert len(session.exec(select(Delegation)).all()) == 1


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"last": date(2025, 7, 20)}, "早于开始日"),
        ({"first": date(2025, 7, 1), "last": date(2025, 7, 2)}, "或今天"),
        ({"post": "市长"}, "没有名为 市长 的岗位，现有：组长、分管领导、创建办"),
        ({"to": ""}, r"没有名为 （空） 的岗位"),
        ({"to": "组长"}, "不能委托给自己"),
        ({"by": " "}, "没有写明由谁"),
    ],
)
def test_what_cannot_be_lent_is_one_line(office, given, line):
    office()
    with pytest.raises(DecisionError, match=line) as raised:
        lend(**given)
    assert "\n" not in str(raised.value)
    assert delegation_rows("xj", MONDAY) == []


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({}, "组长没有生效或将要生效的委托"),
        ({"post": "市长"}, "没有名为 市长"),
        ({"by": ""}, "没有写明由谁"),
    ],
)
def test_what_is_not_lent_cannot_be_ended(office, given, line):
    office()
    with pytest.raises(CampaignError, match=line):
        end(**given)


def test_it_is_ended_once(office):
    office()
    lend()
    end()
    with pytest.raises(DecisionError, match="不需要结束"):
        end()


@pytest.mark.parametrize("by", ["创建办", "组长"])  # whoever registers it: a word proves nothing
def test_a_leader_who_can_be_reached_must_agree_with_a_code_of_the_own_channel(office, phones, by):
    slug = office()
    number = asked(slug)
    lent = lend(by=by)
    assert (lent.new, lent.waits) == (True, True)
    assert delegation_rows("xj", MONDAY) == []
    assert code_for(number, MONDAY)  # printed for the head: nothing follows from the delegation yet
    phones.send(MONDAY)
    assert phones.said("组长", "打印了组长的验证码单")
    assert phones.said("分管领导", "同意委托的验证码") == []

    agreed = consent(lent, phones.code("组长", "代为决定"))
    assert agreed.line == "2025-07-21 至 2025-07-25，组长的审批由分管领导代为决定"
    [row] = delegation_rows("xj", MONDAY)
    assert (row.post, row.deputy, row.by) == ("组长", "分管领导", by)
    phones.send(MONDAY)
    for told in ("组长", "分管领导", "创建办"):
        assert len(phones.said(told, "【委托】")) == 1


def test_the_code_is_sent_once_however_often_it_is_asked_for(office, phones):
    office()
    first, again = lend(), lend()
    phones.send(MONDAY)

    assert (first.id, first.waits) == (again.id, again.waits)
    assert len(phones.said("组长", "同意委托的验证码")) == 1


def test_wrong_codes_let_nothing_stand_and_only_their_source_waits(office, phones):
    office()
    lent = lend()
    phones.send(MONDAY)
    lines = [consent(lent, "AAAAAA").line for _ in range(6)]

    assert all(line.endswith("委托没有生效") for line in lines)
    assert "还要等" in lines[5]
    code = phones.code("组长", "代为决定")
    assert agree(lent.id, code, moment_of(noon(MONDAY), MONDAY), "10.1.2.3").done
    assert consent(lent, code).line.startswith("此前已登记")
    assert not consent(lend(to="创建办"), code).done  # used up, and for another delegation


def test_no_code_of_a_question_agrees_to_a_delegation(office, phones):
    number = asked(office())
    lent = lend()
    phones.send(MONDAY)

    assert not consent(lent, phones.code("组长", f"审批（编号 {number}）的验证码")).done
    assert not decide(number, FORCE, MONDAY, code=phones.code("组长", "代为决定")).done


def test_codes_for_delegations_are_limited_a_day_whatever_their_days(office, phones):
    office()
    for day in range(1, 6):
        lend(date(2025, 8, day), date(2025, 8, day))
    with pytest.raises(DecisionError, match="已到上限"):
        lend(date(2025, 8, 6), date(2025, 8, 6))


@ON_BOTH
def test_a_code_that_ran_out_is_replaced_when_it_is_asked_for_again(office, phones):
    office()
    lent = lend(last=date(2025, 8, 29))
    late = date(2025, 7, 28)
    phones.send(MONDAY)
    old = phones.code("组长", "代为决定")
    assert "已过期" in consent(lent, old, late).line
    again = lend(last=date(2025, 8, 29), today=late)
    phones.send(late)

    assert again.id == lent.id
    assert consent(again, phones.code("组长", "代为决定"), late).done


@ON_BOTH
def test_who_cannot_be_reached_is_lent_for_on_the_offices_word_and_every_leader_hears(office):
    office()
    assert not lend(by="创建办").waits
    with open_session(read_only=True) as session:
        told = {n.post_id for n in notices("delegated")}
        own = session.exec(select(Post.id).where(Post.unit_id == None)).all()  # noqa: E711
        assert told == set(own)
        [entry] = session.exec(select(AuditEntry).where(AuditEntry.what == "delegation"))
        assert "组长没有自己的通道，凭创建办登记" in entry.facts


def test_ending_it_is_told_to_both_at_once(office, phones):
    office()
    lend_with_consent(phones)
    end(by="创建办")
    phones.send(TUESDAY)

    for told in ("组长", "分管领导"):
        [said] = phones.said(told, "【委托结束】")
        assert "由创建办结束，理由：已回岗" in said


@ON_BOTH
def test_a_delegation_that_was_ended_needs_a_new_word(office, phones):
    office()
    lent = lend_with_consent(phones)
    end()
    with pytest.raises(DecisionError, match="没有等待同意的这一委托"):
        consent(lent, "AAAAAA")
    assert lend().waits
