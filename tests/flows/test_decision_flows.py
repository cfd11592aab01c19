"""The flows around decisions, in a real server without any deployment served."""

import re
from datetime import timedelta

import pytest
from prefect import get_client
from prefect.input.run_input import keyset_from_base_key
from prefect.server.schemas.responses import SetStateStatus
from prefect.states import Suspended

from flows.advance_stage import AdvanceForm, advance_stage
from flows.confirm_condition import ConfirmForm, confirm_condition
from flows.decide_transition import DecisionForm, decide_transition, form_of
from flows.running import clock
from flows.running.publish import publish_outlook
from flows.running.question_runs import look_after_runs
from flows.running.run_inputs import client_of
from flows.show_outlook import show_outlook
from models.calendar.calendar import SpecialDay
from models.database import open_session
from tasks.decisions.questions import Question
from tasks.decisions.runs import open_runs

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server", "campaign")]


def test_if_acceptance_were_today_is_one_page_and_one_line():
    publish_outlook("服务做的新页")
    ended = show_outlook(return_state=True)
    show_outlook(today=clock.today() + timedelta(days=30), return_state=True)

    assert "如果今天验收，还有" in ended.message
    with get_client(sync_client=True) as client:
        pages = client.request("POST", "/artifacts/latest/filter", json={}).json()
    found = {one["key"]: one["data"] for one in pages}
    page = found["preview-if-accepted-today"]
    assert "| 障碍 | 责任 | 时限 |" in page
    how_hard_and_where = "（(当天可办|几天可办|需要几周)，第 [0-9] 阶段“"
    assert re.search(how_hard_and_where, page)
    assert found["if-accepted-today"] == "服务做的新页"  # a run may have read before it was made


def test_the_office_confirms_a_condition_in_a_form():
    form = {"condition": "每个责任单位都领到台账", "by_post": "创建办"}
    said = confirm_condition(ConfirmForm(**form), return_state=True)
    wrong = confirm_condition(ConfirmForm(**form, on="2099-01-01"), return_state=True)
    back = confirm_condition(ConfirmForm(**form, deed="撤回", note="漏了"), return_state=True)

    assert said.message.startswith("jc：已登记确认：第 1 阶段")
    assert (wrong.is_failed(), "晚于今天" in wrong.message) == (True, True)
    assert back.message.startswith("jc：已撤回确认")
    schema = ConfirmForm.model_json_schema()["properties"]["condition"]
    assert "每个问题都已销号" in schema["enum"]  # a drop-down in the window


def test_a_stage_that_is_not_there_is_refused_in_one_line():
    ended = advance_stage(AdvanceForm(stage=9, by_post="创建办"), return_state=True)

    assert ended.is_failed()
    assert "没有第 9 阶段" in ended.message


def test_a_stage_that_did_not_begin_is_asked_about_too():
    ended = advance_stage(AdvanceForm(stage=5, by_post="创建办"), return_state=True)

    assert "已就“评估验收（提前启动）”提请审批（编号" in ended.message


@pytest.mark.parametrize("opening", [False, True])
@pytest.mark.parametrize("others", [(), ("分管领导", "创建办")])
def test_a_form_asks_for_what_its_question_can_be_answered_with(opening, others):
    question = Question(1, "审批", "正文", 1, "", bool(others), others, opening)
    schema = form_of(question).model_json_schema()
    choices = ["（请选择）", "批准", "退回"] + ([] if opening else ["延期", "强制推进"])

    assert schema["properties"]["decision"]["enum"] == [*choices, *(f"转办：{o}" for o in others)]
    assert ("new_date" in schema["properties"]) is not opening
    assert schema["required"] == ["decision", "code"]
    filled = form_of(question)(decision="转办：已撤销的岗位" if others else "退回", code="x")
    assert filled.code == "x"  # no choice of yesterday ends the run


@pytest.mark.parametrize("opening", [False, True])
def test_what_the_door_adds_passes_the_server_and_is_no_field_of_the_form(opening):
    form = form_of(Question(1, "审批", "正文", 1, "", True, ("分管领导",), opening))
    key = keyset_from_base_key("decision-1")
    waiting = Suspended(timeout_seconds=600)
    waiting.state_details.run_input_keyset = key
    with get_client(sync_client=True) as client:
        flow_id = client.create_flow(decide_transition)
        deployment = client.create_deployment(flow_id, f"form-{opening}")
        run = client.create_flow_run_from_deployment(deployment, parameters={"decision_id": 1})
        client.set_flow_run_state(run.id, waiting, force=True)
        form.save(key, run.id)
        answer = {"decision": "退回", "reason": "再看", "code": "x", "name": ""}
        taken = client.resume_flow_run(run.id, run_input=answer | {"source": "10.1.2.3"})
        assert taken.status == SetStateStatus.ACCEPT
        read = form.load(key, run.id)

    assert (read.decision, client_of(read)) == ("退回", "10.1.2.3")
    assert "source" not in form.model_json_schema()["properties"]


@pytest.mark.parametrize(
    ("said", "client"),
    [
        ({}, "界面"),
        ({"source": "10.1.2.3"}, "10.1.2.3"),
        ({"source": " fe80::1 "}, "fe80::1"),
        ({"source": "地" * 61}, "地" * 60),
        ({"source": ""}, "界面"),
        ({"source": 7}, "界面"),
        ({"source": "a\nb"}, "界面"),
    ],
)
def test_where_an_answer_came_from_is_one_short_line(said, client):
    assert client_of(DecisionForm(decision="退回", code="x", **said)) == client


def test_asking_by_hand_without_a_served_form_keeps_the_question():
    from flows.patrol import patrol

    with open_session() as session:
        session.merge(SpecialDay(day=clock.today(), working=True))
    patrol(return_state=True)
    ended = advance_stage(AdvanceForm(stage=1, by_post="创建办"), return_state=True)

    assert "提请审批（编号" in ended.message
    assert all(one.flow_run == "" for one in open_runs())
    assert look_after_runs(clock.moment()) == []
