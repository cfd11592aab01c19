"""When a one-time code goes out: in the morning, unless somebody waits for it at the form."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.decisions.tries import HandedIn
from models.rules.decisions.answers import Answer, Said
from models.settings import moment_of
from tasks.decisions.answering import take_answer
from tasks.decisions.asking import ask_by_hand
from tasks.notices.delivery import deliver
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import ON_BOTH
from tests.support.deciding import noon, open_questions
from tests.tools.fake_provider import FakeProvider

DAY = date(2025, 7, 21)
NIGHT = datetime(2025, 7, 21, 12, 30, tzinfo=UTC)  # 20:30 in Shanghai
MORNING = datetime(2025, 7, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
def provider(tmp_path, monkeypatch):
    with FakeProvider() as running:
        path = tmp_path / "channels.yaml"
        url = f"wecomrobot://HEAD-1?base={running.base}"
        path.write_text(f"urls:\n  - {url}:\n      tag: 组长\n", encoding="utf-8")
        path.chmod(0o600)
        monkeypatch.setenv("SHIFAN_CHANNELS", str(path))
        yield running


def codes(provider) -> int:
    return sum("的验证码" in one.text for one in provider.accepted)


def test_what_the_patrol_asks_at_night_waits_for_the_morning(office, provider):
    patrol_campaign(office(), moment_of(NIGHT, DAY))

    deliver(lambda: NIGHT)
    assert codes(provider) == 0
    deliver(lambda: MORNING)
    assert codes(provider) == 1


@ON_BOTH
def test_what_somebody_asks_at_night_goes_at_once(office, provider):
    slug = office()
    patrol_campaign(slug, moment_of(noon(date(2025, 7, 2)), date(2025, 7, 2)))
    ask_by_hand(slug, 2, "创建办", moment_of(NIGHT, DAY))

    deliver(lambda: NIGHT)
    assert codes(provider) == 1


def test_whose_code_has_run_out_gets_a_new_one_at_once_also_at_night(office, provider):
    slug = office()
    patrol_campaign(slug, moment_of(noon(DAY), DAY))
    deliver(lambda: noon(DAY))
    number = open_questions(slug)[1]
    later = NIGHT + timedelta(days=3)
    said = Said(Answer.APPROVE)
    last = take_answer(
        number, said, HandedIn("WRONG7", "表单", 1), moment_of(later, DAY + timedelta(days=3))
    )

    assert "已过期，新的验证码已发往组长的通道" in last.line
    deliver(lambda: later)
    assert codes(provider) == 2
