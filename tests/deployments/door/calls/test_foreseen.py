"""What is wrong with a form is said while it is open: before Prefect makes a run of it, or wakes one."""

import asyncio
import json
import threading
from datetime import date
from urllib.parse import parse_qsl, quote

import pytest

from deployments.door.calls.filling import Deployments
from deployments.door.calls.foreseen import FORMS, fault_of_answer, fault_of_run
from deployments.door.calls.prefilled import fuller, with_item
from deployments.door.refused import BUSY, NOT_SO, Refused
from deployments.service.schedules import all_deployments
from models.audit.chain import AuditEntry
from models.database import open_session
from models.decisions.tries import DecisionTry
from models.rules.decisions.answers import Answer, Said
from tests.conftest import ON_BOTH
from tests.deployments.door.own_door import RUN, Door
from tests.support.deciding import asked, code_for, decide, noon
from tests.support.other_clients import held, impatient

pytestmark = pytest.mark.usefixtures("campaign")
DAY = date(2025, 7, 21)


@pytest.fixture(autouse=True)
def today(clock_at):
    clock_at(noon(DAY))


def progress(**more):
    said = {"code": "W5", "state": "进行中", "by_post": "创建办", "campaign": "jc"}
    return {"progress": said | more}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"code": "W99"}, "没有编号为 W99 的事项"),
        ({"unit": "市体育局"}, "没有名为 市体育局 的单位"),
        ({"by_post": "张三"}, "像是姓名"),
        ({"by_post": "市司法局联络员"}, "市司法局联络员不能登记"),
        ({"state": "不适用"}, "不适用必须在说明里写明理由"),
        ({"state": "已完成", "done_on": "2025-02-30"}, "写的是“2025-02-30”"),
        ({"item": "完善法规制度（市司法局，2025-08-01 前）"}, "与表单上的事项“完善法规制度"),
        ({"campaign": "没有"}, "没有简称为“没有”的创建活动"),
    ],
)
def test_progress_that_would_fail_makes_no_run(more, said):
    assert said in fault_of_run("登记进展", progress(**more))


@pytest.mark.parametrize(
    ("deployment", "values", "said"),
    [
        ("签收提醒", {"receipt": {"message": 9, "by_post": "创建办"}}, "没有第 9 号消息"),
        ("签收提醒", {"receipt": {"code": "W99", "by_post": "创建办"}}, "没有编号为 W99"),
        ("签收提醒", {"receipt": {"by_post": "创建办"}}, "至少填一个"),
        ("签收提醒", {"receipt": {"code": "W5", "by_post": "李四"}}, "像是姓名"),
        ("阶段推进", {"request": {"stage": 9, "by_post": "创建办"}}, "没有第 9 阶段"),
        ("阶段推进", {"request": {"stage": 2, "by_post": "王五"}}, "像是姓名"),
        (
            "登记确认",
            {"confirmation": {"condition": "没有这一条", "by_post": "创建办"}},
            "没有名为 没有这一条 的推进条件",
        ),
        (
            "登记确认",
            {"confirmation": {"condition": "ledgers-out", "by_post": "创建办", "deed": "撤回"}},
            "必须写明由谁（职务）撤回和理由",
        ),
    ],
)
def test_every_form_that_names_something_is_held_against_the_facts(deployment, values, said):
    assert said in fault_of_run(deployment, values)


def test_what_will_do_is_let_through_and_nothing_is_written():
    right = [
        ("登记进展", progress()),
        ("签收提醒", {"receipt": {"code": "W5", "by_post": "创建办"}}),
        ("阶段推进", {"request": {"stage": 2, "by_post": "创建办"}}),
        ("每日巡查", {}),
        ("登记进展", {"progress": {"code": 7}}),  # none of the form's: Prefect says so
    ]
    with open_session(read_only=True) as session:
        before = session.query(AuditEntry).count()

    assert [fault_of_run(*one) for one in right] == [""] * len(right)
    with open_session(read_only=True) as session:
        assert session.query(AuditEntry).count() == before


def test_the_forms_are_those_of_the_deployments():
    known = {
        made.name: made._parameter_openapi_schema.properties
        for made in all_deployments("Asia/Shanghai")
    }

    assert {name: form for name, (form, _) in FORMS.items() if form in known[name]} == {
        name: form for name, (form, _) in FORMS.items()
    }


def test_a_wrong_code_is_said_before_the_run_wakes_and_counts_once():
    number = asked("jc")
    code = code_for(number, DAY)
    wrong = "AAAAAA" if code != "AAAAAA" else "CCCCCC"
    run = {"decision_id": number}

    said = [
        fault_of_answer(run, {"decision": "退回", "reason": "再议", "code": wrong}, "10.0.0.7")
        for _ in range(2)
    ]

    assert "再错 4 次" in said[0]
    assert "再错 3 次" in said[1]
    assert "没有填写验证码" in fault_of_answer(run, {"decision": "退回", "code": ""}, "10.0.0.7")
    with open_session(read_only=True) as session:
        assert session.query(DecisionTry).count() == 0


def test_a_right_code_with_a_faulty_answer_stays_good_and_a_right_answer_is_let_through():
    number = asked("jc")
    code = code_for(number, DAY)
    run = {"decision_id": number}

    refused = fault_of_answer(run, {"decision": "退回", "code": code}, "10.0.0.7")
    assert "退回必须写明理由" in refused
    assert refused.endswith("验证码正确，仍可使用")
    right = {"decision": "退回", "reason": "宣传还没有到乡镇", "code": code}
    assert fault_of_answer(run, right, "10.0.0.7") == ""
    assert decide(number, Said(Answer.RETURN, "宣传还没有到乡镇"), DAY, code=code).done
    assert fault_of_answer(run, right, "10.0.0.7") == ""  # closed: the run says why
    assert fault_of_answer({"decision_id": 99}, right, "10.0.0.7") == ""


class Prefect:
    """Answers for one deployment and one suspended run, as Prefect does."""

    def __init__(self, number: int) -> None:
        self.known = {
            f"/api/deployments/{RUN}": {
                "name": "登记进展",
                "parameter_openapi_schema": {"properties": {"progress": {}}},
            },
            f"/api/flow_runs/{RUN}": {
                "state_type": "PAUSED",
                "parameters": {"decision_id": number},
            },
        }

    async def __call__(self, scope, receive, send):
        said = json.dumps(self.known[scope["path"]]).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": said})


def test_the_door_says_no_with_the_reason_and_seals_what_it_lets_through():
    number = asked("jc")
    code = code_for(number, DAY)
    door = Deployments(Prefect(number))
    start = door.fill_run(
        f"/deployments/{RUN}/create_flow_run", "", {"parameters": progress(code="W99")}
    )
    with pytest.raises(Refused) as refused:
        asyncio.run(start)
    assert refused.value.reason is NOT_SO
    assert refused.value.line.startswith("没有提交：没有编号为 W99 的事项")
    assert refused.value.response().status_code == 409

    answer = {
        "decision": "退回",
        "reason": "再议",
        "code": "AAAAAA" if code != "AAAAAA" else "CCCCCC",
    }
    with pytest.raises(Refused) as refused:
        asyncio.run(door.fill_answer(f"/flow_runs/{RUN}/resume", "10.0.0.7", {"run_input": answer}))
    assert "验证码不正确" in refused.value.line

    right = answer | {"code": code}
    filled = asyncio.run(
        door.fill_answer(f"/flow_runs/{RUN}/resume", "10.0.0.7", {"run_input": right})
    )
    assert filled["run_input"]["code"].startswith("s1-")
    assert filled["run_input"]["source"] == "10.0.0.7"


def test_a_form_that_a_message_links_to_says_which_item_it_is():
    path = f"/v2/deployments/deployment/{RUN}/run"
    linked = quote(json.dumps({"progress": {"code": "W6", "unit": "市司法局", "campaign": "jc"}}))

    to = with_item(path, f"parameters={linked}")

    assert to
    said = json.loads(dict(parse_qsl(to.partition("?")[2]))["parameters"])["progress"]
    assert (said["code"], said["unit"]) == ("W6", "市司法局")
    assert said["item"].endswith("前）")
    assert "（市司法局，2025-" in said["item"]
    assert with_item(path, to.partition("?")[2]) is None  # nothing is missing any more
    assert fault_of_run("登记进展", progress(code="W6", item=said["item"])) == ""


@pytest.mark.parametrize(
    "query",
    [
        "",
        "parameters=",
        "parameters=%5B1%5D",
        'parameters={"progress":{"code":"W99"}}',
        'parameters={"progress":7}',
        'parameters={"progress":{"code":{"a":1}}}',  # a database refuses it with an error of its own
        'parameters={"progress":{"code":"W6","unit":["a"]}}',
        'parameters={"progress":{"code":"W6","campaign":{"a":"b"}}}',
        'parameters={"progress":{"code":"W6","campaign":7}}',
        'parameters={"progress":{"code":"W6\\u0000","campaign":"jc"}}',
        'parameters={"progress":{"code":"W6","campaign":"jc"},"other":"\\ud800"}',
    ],
)
def test_what_names_no_item_stays_as_it_is(query):
    assert with_item(f"/deployments/deployment/{RUN}/run", query) is None
    assert with_item("/deployments", query) is None


def test_the_door_leads_on_to_the_fuller_form():
    answer = Door().call("GET", "/form?code=W5", accept="text/html")

    assert (answer.status_code, answer.headers["location"]) == (303, "/form?item=x")


@ON_BOTH
def test_a_database_that_is_locked_is_no_fault_of_the_form(monkeypatch):
    number = asked("jc")
    door = Deployments(Prefect(number))
    wrong = {"run_input": {"decision": "退回", "reason": "再议", "code": "AAAAAA"}}
    with impatient(monkeypatch, 0.1), held(), pytest.raises(Refused) as refused:
        asyncio.run(door.fill_answer(f"/flow_runs/{RUN}/resume", "10.0.0.7", wrong))

    assert refused.value.reason is BUSY
    assert "占用" in refused.value.line


def test_pages_are_shown_while_answers_wait_for_the_database(monkeypatch):
    """Neither a file of the UI nor a form stands behind answers in the queue for a thread."""
    number = asked("jc")
    door, go = Deployments(Prefect(number)), threading.Event()
    monkeypatch.setattr(
        "deployments.door.calls.filling.fault_of_answer", lambda *_: "" if go.wait(60) else "晚了"
    )

    async def ask() -> str | None:
        path = f"/deployments/deployment/{RUN}/run"
        linked = quote(json.dumps({"progress": {"code": "W6", "unit": "市司法局"}}))
        answer = {"run_input": {"decision": "退回"}}
        waiting = [
            asyncio.create_task(door.fill_answer(f"/flow_runs/{RUN}/resume", "10.0.0.7", answer))
            for _ in range(40)
        ]
        await asyncio.sleep(0.2)
        try:
            assert await asyncio.wait_for(fuller("/assets/index.js", ""), 15) is None
            return await asyncio.wait_for(fuller(path, f"parameters={linked}"), 15)
        finally:
            go.set()
            await asyncio.gather(*waiting)

    assert asyncio.run(ask())
