"""A code stands in its message and nowhere else, and whatever goes wrong only the last one works."""

from datetime import date

import pytest
from sqlmodel import col, select

from models.campaign.campaign import campaign_named
from models.database import open_session
from models.decisions.decision import DecisionCode
from models.decisions.tries import HandedIn
from models.notices.notice import Delivery, Message
from models.notices.posting import post_message
from models.rules.decisions import codes
from models.rules.decisions.answers import Answer, Said
from models.settings import moment_of
from notifications.channels.channels import Channels
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.deputies.delegating import ToLend, agree, delegate
from tasks.decisions.making import HIDDEN
from tasks.decisions.objections.case import Objecting
from tasks.decisions.objections.objecting import begin_objection, take_objection
from tests.conftest import ON_BOTH
from tests.support.deciding import asked, code_for, decide, decision, noon, open_questions
from tests.support.phones import open_phones, write_channels
from tests.tools.traces import in_files, traces

MONDAY, FRIDAY = date(2025, 7, 21), date(2025, 7, 25)
FORCE = Said(Answer.FORCE, "边推进边补")
BOTH = "gates: {deciders: [组长, 分管领导], all_must_agree: true}"
WRONG = "AAAAAA"
TAGS = ("组长", "分管领导", "创建办")
HEAD, DEPUTY, OFFICE = KEYS = ("Kq7zHead-4Wt9mX2v", "Kq7zDeputy-8Rb3nY6c", "Kq7zOffice-5Jd2pT7w")


@pytest.fixture
def phones(tmp_path, monkeypatch):
    with open_phones(tmp_path, monkeypatch, TAGS, KEYS) as running:
        yield running


@pytest.fixture
def unmistakable(monkeypatch):
    """Codes that are no English word and no part of a hash by chance, so that a hit is a trace."""

    def draw(choose):
        while not ("9" in (code := codes.make_code(choose)) and set(code) & set("GHJKMNPRTWXY")):
            pass
        return code

    for module in ("making", "codes.codes"):
        monkeypatch.setattr(f"tasks.decisions.{module}.make_code", draw)


def secret_deliveries() -> list[Delivery]:
    with open_session(read_only=True) as session:
        query = select(Delivery).join(Message).where(col(Message.secret).is_(True))
        found = list(session.exec(query.order_by(col(Delivery.id))))
        session.expunge_all()
        return found


def code_states() -> list[str]:
    with open_session(read_only=True) as session:
        return list(session.exec(select(DecisionCode.state).order_by(col(DecisionCode.id))))


def hard_question(phones, slug: str) -> int:
    """Two decide together; the head's provider quotes, then hangs up, then takes the code."""
    number = asked(slug)
    for minutes, behaviour in ((0, "quote-error"), (2, "drop-after"), (10, "accept")):
        phones.provider.behave(behaviour, key=HEAD)
        phones.send(MONDAY, minutes)
    head = phones.code("组长")
    assert not decide(number, FORCE, MONDAY, code=WRONG).done
    assert "仍可使用" in decide(number, Said(Answer.APPROVE), MONDAY, code=head).line
    assert decide(number, FORCE, MONDAY, code=head).noted
    assert decide(number, FORCE, MONDAY, code=phones.code("分管领导")).done
    return number


def objection(phones, number: int) -> int:
    """The head objects, after a wrong code; return the question that is asked anew."""
    said = Objecting(number, "组长", "不是我作的决定")
    assert begin_objection(said, moment_of(noon(MONDAY), MONDAY)) == ""
    phones.send(MONDAY, 20)
    for nth, code in enumerate((WRONG, phones.code("组长", "提出异议")), 1):
        taken = take_objection(
            said, HandedIn(code, "异议", nth, "界面"), moment_of(noon(MONDAY), MONDAY)
        )
    assert taken.done, taken.line
    phones.send(MONDAY, 22)
    return open_questions("xj")[1]


@ON_BOTH
def test_no_code_and_no_key_is_left_anywhere_after_a_hard_day(office, phones, unmistakable):
    slug = office(BOTH)
    again = objection(phones, hard_question(phones, slug))
    printed = code_for(again, MONDAY, "组长")
    assert decide(again, FORCE, MONDAY, code=printed).noted
    assert decide(again, FORCE, MONDAY, code=phones.code("分管领导", f"编号 {again}")).done
    lent = delegate(
        slug, ToLend("组长", "分管领导", FRIDAY, FRIDAY, "创建办"), moment_of(noon(MONDAY), MONDAY)
    )
    phones.send(MONDAY, 30)
    assert agree(lent.id, phones.code("组长", "代为决定"), moment_of(noon(MONDAY), MONDAY)).done
    phones.provider.behave("quote", key=DEPUTY)
    ask_by_hand(slug, 2, "创建办", moment_of(noon(MONDAY), MONDAY))
    phones.send(MONDAY, 40)
    marker = "Marker9Written9Here"
    with open_session() as session:
        campaign = campaign_named(session, slug).id or 0
        message = Message(
            campaign_id=campaign, tag="x", subject=marker, body="", made_at=noon(MONDAY)
        )
        post_message(session, message, [])

    secret = {*phones.codes, printed}
    assert len(secret) == 11
    assert {seen.path.partition("key=")[2] for seen in phones.provider.seen} == set(KEYS)
    assert any(HIDDEN in one.answer for one in secret_deliveries())  # the quotes were kept, masked
    found = {" in table " in place for place in traces([marker.upper()])}
    assert found == {True, False}  # the search sees rows and files
    assert traces([*secret, *KEYS]) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("written", ["7KM9PX", "7km9px"])
def test_the_search_finds_a_code_however_it_is_written(tmp_path, encoding, written):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "a.log").write_bytes(b"\xff" + f"x{written}".encode(encoding))

    assert in_files(["7KM9PX"], tmp_path) == [f"{written} in logs/a.log"]
    assert in_files(["7KM9PY"], tmp_path) == []


@pytest.mark.parametrize("behaviour", ["drop-after", "quote-error"])
def test_a_retry_after_an_unknown_outcome_voids_what_may_have_arrived(office, phones, behaviour):
    number = asked(office())
    phones.provider.behave(behaviour, key=HEAD)
    phones.send(MONDAY)
    phones.provider.behave("accept", key=HEAD)
    phones.send(MONDAY, 2)

    first, second = phones.codes
    assert first != second
    assert code_states() == ["void", "open"]
    assert not decide(number, FORCE, MONDAY, code=first).done
    assert decide(number, FORCE, MONDAY, code=second).done


def test_a_code_that_arrived_counts_until_the_next_try(office, phones):
    number = asked(office())
    phones.provider.behave("drop-after", key=HEAD)
    phones.send(MONDAY)

    assert decide(number, FORCE, MONDAY, code=phones.code("组长")).done
    phones.provider.behave("accept", key=HEAD)
    phones.send(MONDAY, 2)
    assert len(phones.codes) == 1  # the question is answered: no second code is made


class Killed(BaseException):
    """What ends a process at once."""


def test_killed_between_the_commit_and_the_sending_only_the_next_code_works(
    office, phones, monkeypatch
):
    number = asked(office())
    lost: list[str] = []

    def die(self, letters, begin_within=None):
        lost.extend(m.body_markdown for _, m in letters if "验证码：" in m.body_markdown)
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(Channels, "send_all", die)
        phones.send(MONDAY)
    assert code_states() == ["open"]  # it might have arrived, and would count
    phones.send(MONDAY, 1)
    assert phones.codes == []  # the dead process's claim still holds
    phones.send(MONDAY, 3)

    [again] = phones.codes
    [body] = lost
    assert again not in body
    assert code_states() == ["void", "open"]
    assert "【重发】" in phones.said("组长", "的验证码")[-1]
    assert not decide(number, FORCE, MONDAY, code=body.split("验证码：")[1].strip("*")[:6]).done
    assert decide(number, FORCE, MONDAY, code=again).done


@ON_BOTH
def test_a_leader_with_two_channels_gets_two_codes_and_using_one_voids_the_other(
    office, tmp_path, monkeypatch
):
    with open_phones(tmp_path, monkeypatch, ("组长", "组长"), (HEAD, DEPUTY)) as phones:
        for first in (0, 1):
            number = (
                asked(office())
                if not first
                else ask_by_hand("xj", 2, "创建办", moment_of(noon(MONDAY), MONDAY))[0]
            )
            phones.send(MONDAY, first)
            pair = phones.codes[-2:]
            assert len(set(pair)) == 2
            assert decide(number, FORCE, MONDAY, code=pair[first]).done
            assert code_states()[-2:].count("void") == 1
            assert code_states()[-2:].count("used") == 1


@ON_BOTH
def test_a_code_that_is_void_before_it_was_sent_is_never_made(office, phones):
    number = asked(office())
    sheet = code_for(number, MONDAY)  # replaces the promised one
    phones.send(MONDAY)

    assert phones.codes == []
    [stopped] = secret_deliveries()
    assert (stopped.state, stopped.code) == ("dead", "void")
    with open_session(read_only=True) as session:
        promised = session.exec(select(DecisionCode).where(DecisionCode.way == "channel")).one()
        assert (promised.state, promised.hash) == ("void", "")
    assert decide(number, FORCE, MONDAY, code=sheet).done


def test_a_channel_that_others_read_by_the_time_of_sending_gets_no_code(office, phones, tmp_path):
    number = asked(office())
    phones.tags = ("组长, 分管领导", *TAGS[1:])
    write_channels(tmp_path / "channels.yaml", phones)
    phones.send(MONDAY)

    assert phones.codes == []
    [stopped] = secret_deliveries()
    assert (stopped.state, stopped.code) == ("dead", "shared")
    assert "“分管领导”共用" in stopped.answer
    assert decide(number, FORCE, MONDAY).done  # with a sheet


@pytest.mark.parametrize(
    ("tags", "reached"),
    [
        ("组长-备用", [HEAD, DEPUTY]),
        ("组长-备用, 分管领导", [HEAD]),
        ("组长-备用, 分管领导-备用", [HEAD]),
    ],
)
def test_a_spare_channel_gets_a_code_only_where_it_is_the_leaders_own(
    office, tmp_path, monkeypatch, tags, reached
):
    keys = (HEAD, DEPUTY)
    with open_phones(tmp_path, monkeypatch, ("组长", tags), keys) as phones:
        number = asked(office())
        phones.provider.behave("refuse", key=HEAD)
        phones.send(MONDAY)
        with_code = [s for s in phones.provider.seen if "验证码：" in s.body.decode()]

        assert [seen.path.partition("key=")[2] for seen in with_code] == reached
        assert decision(number).status == "asked"
