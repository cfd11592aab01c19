"""What runs through Prefect leaves no code and no key in its tables, its logs or our home."""

from pathlib import Path

import pytest
from prefect import runtime
from prefect.input.run_input import keyset_from_base_key
from prefect.logging.handlers import APILogWorker
from prefect.settings import get_current_settings
from sqlalchemy import make_url

from flows import object_to_decision
from flows.object_to_decision import ObjectionForm
from flows.running import clock
from models.calendar.calendar import SpecialDay
from models.database import open_session
from models.decisions.tries import HandedIn
from models.rules.decisions.answers import Answer, Said
from models.settings import moment_of
from tasks.decisions.answering import take_answer
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.codes.codes import print_code
from tasks.decisions.sealing import sealed
from tasks.patrol.patrol import patrol_campaign
from tests.support.deciding import decision
from tests.support.phones import open_phones
from tests.tools.traces import in_files, traces

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server")]

KEYS = ("Kq7zHead-4Wt9mX2v", "Kq7zDeputy-8Rb3nY6c", "Kq7zOffice-5Jd2pT7w")


def in_prefect(words: list[str]) -> list[str]:
    """Return where any of ``words`` stands in the server's own folder, everything written out."""
    APILogWorker.drain_all(timeout=10)
    url = get_current_settings().server.database.connection_url
    assert url
    return in_files(words, Path(make_url(url.get_secret_value()).database or "").parent)


def decided(campaign: str) -> tuple[int, str]:
    """Return a decision made today, and the printed code it was made with."""
    now, today = clock.now(), clock.today()
    with open_session() as session:
        session.merge(SpecialDay(day=today, working=True))
    patrol_campaign(campaign, moment_of(now, today))
    number, _ = ask_by_hand(campaign, 1, "创建办", moment_of(now, today))
    code = print_code(number, None, "创建办", "测试", moment_of(now, today)).code
    assert take_answer(
        number, Said(Answer.FORCE, "按期"), HandedIn(code, "run", 1), moment_of(now, today)
    ).done
    return number, code


def test_a_quoted_code_typed_into_a_form_is_left_nowhere(campaign, tmp_path, monkeypatch):
    with open_phones(tmp_path, monkeypatch, keys=KEYS) as phones:
        number, printed = decided(campaign)
        phones.provider.behave("quote-error", key=KEYS[0])
        typed = iter([lambda: "AAAAAA", lambda: phones.codes[-1]])

        def fill(*, wait_for_input, timeout, key):
            form = wait_for_input(code=sealed(next(typed)()), source="10.1.2.3")  # as the door does
            form.save(keyset_from_base_key(key), runtime.flow_run.id)
            return form

        monkeypatch.setattr(object_to_decision, "suspend_flow_run", fill)
        form = ObjectionForm(decision=number, by_post="组长", reason="不是我")
        ended = object_to_decision.object_to_decision(form, return_state=True)

    assert "回到审批" in ended.message
    assert decision(number).status == "objected"
    secret = [*phones.codes, printed]
    assert len(set(secret)) >= 2
    assert in_prefect(
        [f"提出异议 组长：{campaign} 审批“部署启动”（编号 {number}）"]
    )  # the run's name, and what it logged:
    assert in_prefect(["第 1 次"])
    assert in_prefect([*secret, *KEYS]) == []
    assert traces([*secret, *KEYS]) == []
