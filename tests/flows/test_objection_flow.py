"""A leader objects in the window: the code goes to the phone, the form asks until it is right."""

import pytest
from prefect import get_client

from flows import object_to_decision
from flows.object_to_decision import CodeForm, ObjectionForm
from flows.running import clock
from models.calendar.calendar import SpecialDay
from models.database import open_session
from models.decisions.tries import HandedIn
from models.rules.decisions.answers import Answer, Said
from models.settings import moment_of
from tasks.decisions.answering import take_answer
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.codes.codes import print_code
from tasks.patrol.patrol import patrol_campaign
from tests.support.deciding import decision, statuses
from tests.support.phones import open_phones

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server")]


@pytest.fixture
def decided(campaign):
    """The number of a decision made today with a printed sheet."""
    now, today = clock.now(), clock.today()
    with open_session() as session:
        session.merge(SpecialDay(day=today, working=True))
    patrol_campaign(campaign, moment_of(now, today))
    number, _ = ask_by_hand(campaign, 1, "创建办", moment_of(now, today))
    code = print_code(number, None, "创建办", "", moment_of(now, today)).code
    said = Said(Answer.FORCE, "按期")
    assert take_answer(number, said, HandedIn(code, "run", 1), moment_of(now, today)).done
    return number


def answers(monkeypatch, *typed):
    """Let a human fill in the form, line by line; a line may be what a phone shows by then."""
    lines, shown = iter(typed), []

    def fill(*, wait_for_input, timeout, key):
        shown.append((key, wait_for_input.model_fields["code"].title))
        line = next(lines)
        return wait_for_input(code=line() if callable(line) else line, source="10.1.2.3")

    monkeypatch.setattr(object_to_decision, "suspend_flow_run", fill)
    return shown


def form(number: int, **more) -> ObjectionForm:
    return ObjectionForm(decision=number, by_post="组长", reason="不是我", **more)


def test_the_form_asks_for_the_code_of_the_own_phone_until_it_is_right(
    decided, tmp_path, monkeypatch
):
    with open_phones(tmp_path, monkeypatch) as phones:
        shown = answers(monkeypatch, "AAAAAA", lambda: phones.code("组长", "提出异议"))
        ended = object_to_decision.object_to_decision(form(decided), return_state=True)

        assert "回到审批" in ended.message
        assert [key for key, _ in shown] == ["code-1", "code-2"]
        assert len(phones.said("组长", "确认异议的验证码")) == 1
        assert phones.said("组长", "对决定的异议")
    assert decision(decided).status == "objected"
    assert statuses("jc")[0] == "deciding"
    with get_client(sync_client=True) as client:
        runs = client.request(
            "POST", "/flow_runs/filter", json={"sort": "EXPECTED_START_TIME_DESC"}
        )
        assert runs.json()[0]["name"] == f"提出异议 组长：jc 审批“部署启动”（编号 {decided}）"


def test_where_no_channel_reaches_the_leader_the_office_fills_it_in(decided):
    alone = object_to_decision.object_to_decision(form(decided), return_state=True)
    said = object_to_decision.object_to_decision(
        form(decided, registrar="创建办"), return_state=True
    )
    again = object_to_decision.object_to_decision(
        form(decided, registrar="创建办"), return_state=True
    )

    assert (alone.is_failed(), "登记人" in alone.message) == (True, True)
    assert "回到审批" in said.message
    assert again.message.startswith("此前已提出异议")


@pytest.mark.parametrize(
    "wrong",
    [
        {"decision": 0},
        {"decision": 2**31},
        {"by_post": "长" * 61},
        {"reason": "字" * 501},
        {"registrar": "办" * 61},
    ],
)
def test_the_form_has_bounds(wrong):
    fields = {"decision": 1, "by_post": "组长", "reason": "不是我"} | wrong
    with pytest.raises(ValueError, match="validation error"):
        ObjectionForm(**fields)


def test_the_code_form_shows_one_field():
    shown = CodeForm.model_json_schema()

    assert list(shown["properties"]) == ["code"]
    assert shown["required"] == ["code"]
