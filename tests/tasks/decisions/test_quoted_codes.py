"""What a provider quotes of a message in its answer is kept without the code."""

from datetime import date

import pytest
from sqlmodel import col, select

from models.database import open_session
from models.notices.channel_health import ChannelHealth
from models.notices.notice import Delivery, Message
from tasks.decisions.making import HIDDEN, Letter
from tests.conftest import ON_BOTH
from tests.support.deciding import asked
from tests.support.phones import open_phones

MONDAY = date(2025, 7, 21)


@pytest.fixture
def phones(tmp_path, monkeypatch):
    with open_phones(tmp_path, monkeypatch) as running:
        yield running


@ON_BOTH
@pytest.mark.parametrize("behaviour", ["quote", "quote-code", "quote-error"])
def test_what_a_provider_quotes_is_kept_without_the_code(office, phones, behaviour):
    asked(office())
    phones.provider.behave(behaviour, key=phones.keys[0])
    phones.send(MONDAY)

    [code] = phones.codes
    with open_session(read_only=True) as session:
        secret = select(Delivery).join(Message).where(col(Message.secret).is_(True))
        kept = session.exec(secret).one()
        session.expunge(kept)
        health = [h.model_dump_json() for h in session.exec(select(ChannelHealth))]
    assert HIDDEN in kept.code + kept.answer
    assert code not in f"{kept.code} {kept.answer} {health}"


@pytest.mark.parametrize("cut", range(1, 7))
def test_a_quote_that_is_cut_within_the_code_keeps_nothing_of_it(cut):
    letter = Letter("", "7KM9PX")

    assert letter.without_secrets(f"验证码：{'7km9px'[:cut]}") == f"验证码：{HIDDEN}"
    assert letter.without_secrets(f"验证码：{'7KM9PX'[:cut]}…") == f"验证码：{HIDDEN}…"


@pytest.mark.parametrize(
    "answer", ["93007", "HTTP 500", "no 7KM here", "invalid webhook url", "", "系统繁忙7次"]
)
def test_what_is_no_quote_is_kept_as_it_is(answer):
    assert Letter("", "7KM9PX").without_secrets(answer) == answer
