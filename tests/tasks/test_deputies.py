"""Deputies: who decides for whom on which days, and what becomes of it when it ends early."""

from datetime import date

import pytest
from sqlmodel import select

from models.audit import AuditEntry
from models.database import open_session
from models.decision import DecisionCode
from models.delegation import Delegation
from models.errors import CampaignError, DecisionError
from models.notice import Message
from models.rules.decisions import Answer, Said
from tasks.decisions.delegating import delegate, delegation_rows, undelegate
from tasks.decisions.questions import read_question
from tests.deciding import asked, code_for, decide, decision, noon

MONDAY, TUESDAY, FRIDAY = date(2025, 7, 21), date(2025, 7, 22), date(2025, 7, 25)
FORCE = Said(Answer.FORCE, "边推进边补")


def lend(first=MONDAY, last=FRIDAY, *, post="组长", to="分管领导", by="组长", today=MONDAY) -> bool:
    return delegate("xj", post, to, first, last, by, noon(today), today)


def end(post="组长", by="组长", why="已回岗", today=TUESDAY) -> list[str]:
    return undelegate("xj", post, by, why, noon(today), today)


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


def test_the_post_gets_a_code_of_its_own_at_once(office, tmp_path, monkeypatch):
    path = tmp_path / "channels.yaml"
    path.write_text(
        "urls:\n  - wecomrobot://HEAD-1?base=http://127.0.0.1:9:\n      tag: 组长\n"
        "  - wecomrobot://SECOND?base=http://127.0.0.1:9:\n      tag: 分管领导\n",
        encoding="utf-8",
    )
    path.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(path))
    slug = office()
    lend()
    number = asked(slug)
    end()

    with open_session(read_only=True) as session:
        tags = [
            m.tag
            for m in session.exec(select(Message).order_by(Message.id))
            if "验证码" in m.subject
        ]
        assert tags == ["分管领导", "组长"]
        codes = session.exec(select(DecisionCode).order_by(DecisionCode.id)).all()
        assert [c.state for c in codes] == ["void", "open"]
    assert "请 组长 在" in read_question(number, "x", noon(TUESDAY), TUESDAY).markdown


def test_what_stands_and_what_is_to_come_is_listed(office):
    office()
    lend()
    lend(date(2025, 9, 1), date(2025, 9, 5), post="分管领导", to="创建办")
    rows = delegation_rows(None, TUESDAY)

    assert [(r.post, r.deputy, r.stands) for r in rows] == [
        ("组长", "分管领导", True),
        ("分管领导", "创建办", False),
    ]
    assert rows[0].as_json()["last"] == "2025-07-25"
    assert [r.post for r in delegation_rows("xj", date(2025, 8, 1))] == ["分管领导"]
    end(post="分管领导")
    assert [r.post for r in delegation_rows("xj", TUESDAY)] == ["组长"]


def test_the_same_again_is_registered_once(office):
    office()
    assert (lend(), lend()) == (True, False)
    with open_session(read_only=True) as session:
        assert len(session.exec(select(Delegation)).all()) == 1


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"last": date(2025, 7, 20)}, "早于开始日"),
        ({"first": date(2025, 7, 1), "last": date(2025, 7, 2)}, "或今天"),
        ({"post": "市长"}, "没有名为 市长 的岗位,现有:组长、分管领导、创建办"),
        ({"to": ""}, r"没有名为 \(空\) 的岗位"),
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
