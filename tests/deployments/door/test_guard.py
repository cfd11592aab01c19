"""The door: what it lets through, what not, and that nothing refused reaches what is behind it."""

import base64
import json
from dataclasses import replace

import pytest

from deployments.door.callers.who import TOKEN_HEADER
from models.errors import DatabaseError
from tasks.window.links import Refusal
from tests.deployments.door.own_door import OTHERS, PASSWORD, RUN, TOKEN, Door, cookie

SEARCH = ("POST", "/api/flow_runs/filter", {"limit": 3})
HOME = "http://127.0.0.1:4200"
SERVICE = {TOKEN_HEADER: TOKEN}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))


@pytest.mark.parametrize("asks", [False, True], ids=["open", "accounts"])
@pytest.mark.parametrize(
    ("headers", "url"),
    [
        ({"origin": "http://elsewhere.example"}, HOME),
        ({"origin": "http://127.0.0.1:4201"}, HOME),  # another program of this machine
        ({"origin": "https://127.0.0.1:4200"}, HOME),
        ({"origin": "null"}, HOME),  # a page in a sandbox, or a file
        ({"origin": ""}, HOME),
        ({"origin": "http://["}, HOME),  # no address at all
        ({"sec_fetch_site": "cross-site"}, HOME),  # a picture or script that some page names
        ({"sec_fetch_site": "same-site"}, HOME),
        ({"origin": "http://name.example:4200"}, "http://name.example:4200"),  # resolves to us
        ({}, "http://name.example:4200"),
        ({}, "http://127.0.0.1.name.example:4200"),
        ({}, "http://0.0.0.0:4200"),
        ({}, "http://192.0.2.7:4200"),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, HOME),  # no page, a call
    ],
)
def test_no_other_page_or_name_reaches_anything(asks, headers, url):
    door = Door(asks=asks)
    stay = cookie("office")  # sent by browsers whatever the page
    answer = door.call(*SEARCH, url=url, cookie=stay, **headers)

    assert answer.status_code in (403, 421)
    assert "access-control-allow-origin" not in answer.headers
    assert door.behind.reached == []
    assert len(door.refusals) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},  # no browser
        {"origin": HOME, "sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "none"},  # typed into the address bar
    ],
)
def test_the_own_page_reads_what_it_shows(headers):
    door = Door()

    assert door.call(*SEARCH, **headers).status_code == 200
    assert door.behind.reached == [SEARCH]


def test_the_name_that_the_office_gave_us_is_ours_when_accounts_are_asked_for():
    named = {"public_url": "https://sf.example.gov"}
    asked = {"url": "http://sf.example.gov", "origin": "https://sf.example.gov"}
    login = basic(PASSWORD)

    assert Door(asks=True, **named).call(*SEARCH, authorization=login, **asked).status_code == 200
    assert Door(**named).call(*SEARCH, **asked).status_code == 421


def test_a_link_in_a_message_opens_its_page_but_in_no_frame():
    followed = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "accept": "text/html"}
    door = Door()
    page = door.call("GET", "/runs/flow-run/1", sec_fetch_dest="document", **followed)
    framed = door.call("GET", "/runs/flow-run/1", sec_fetch_dest="iframe", **followed)

    assert page.status_code == 200
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert '<head><script src="/door/at-home.js"></script>' in page.text
    assert len(page.content) == int(page.headers["content-length"])
    assert framed.status_code == 403


def test_another_user_of_the_machine_is_told_to_ask_for_a_password():
    for owner in (OTHERS, None):  # None: the connection is gone, or the kernel does not tell
        door = Door(owner=owner)
        answer = door.call(*SEARCH)

        assert answer.status_code == 403
        assert "--ask-password" in answer.json()["detail"]
        assert door.behind.reached == []


def test_without_a_password_nothing_comes_through_a_proxy():
    assert Door().call(*SEARCH, x_forwarded_for="192.0.2.7").status_code == 403


def test_where_accounts_are_asked_for_nothing_but_the_page_to_log_in_is_shown():
    door = Door(asks=True)
    for path in ("/docs", "/redoc", "/openapi.json", "/ui-settings", "/api/admin/version", "/v2/"):
        assert door.call("GET", path).status_code == 401, path
    sent_on = door.call("GET", "/runs/flow-run/1", accept="text/html")

    assert door.behind.reached == []
    assert sent_on.status_code == 303
    assert sent_on.headers["location"] == "/in?to=%2Fruns%2Fflow-run%2F1"
    assert door.call("GET", "/api/health").status_code == 200


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"])
def test_the_description_of_the_interface_is_nobodys(path):
    assert Door().call("GET", path).status_code == 403


def basic(password: str, name: str = "甲") -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def test_an_account_opens_by_its_stay_and_by_its_password():
    door = Door(asks=True)

    assert door.call(*SEARCH, cookie=cookie("office")).status_code == 200
    assert door.call(*SEARCH, authorization=basic(PASSWORD)).status_code == 200
    assert door.behind.reached == [SEARCH, SEARCH]


@pytest.mark.parametrize("role", ["unit", "leader", "office-post", "nobody", ""])
def test_who_came_by_a_link_of_a_post_sees_nothing_of_prefect(role):
    door = Door(asks=True)

    assert door.call(*SEARCH, cookie=cookie(role)).status_code == 401
    assert door.behind.reached == []


@pytest.mark.parametrize("asks", [False, True])
def test_an_auditor_looks_and_changes_nothing(asks):
    door = Door(asks=asks)

    assert door.call(*SEARCH, cookie=cookie("auditor")).status_code == 200
    answer = door.call(
        "PATCH", f"/api/deployments/{RUN}", {"paused": True}, cookie=cookie("auditor")
    )

    assert (answer.status_code, door.behind.reached) == (403, [SEARCH])
    assert "只能查看" in answer.json()["detail"]


def test_a_stay_goes_on_with_every_page_and_change_but_not_with_what_a_page_asks_by_itself():
    door, stay = Door(asks=True), {"cookie": cookie("office")}

    page = door.call("GET", "/runs", accept="text/html", **stay)
    change = door.call("PATCH", f"/api/deployments/{RUN}", {"paused": True}, **stay)
    look = door.call(*SEARCH, **stay)

    assert (
        "HttpOnly" in page.headers["set-cookie"] and "SameSite=strict" in page.headers["set-cookie"]
    )
    assert "set-cookie" in change.headers and "set-cookie" not in look.headers


@pytest.mark.parametrize("said", ["Basic", "Basic %%%", "Bearer x", "Basic " + "eA==", basic("x")])
def test_a_wrong_password_is_refused_and_written_down(said):
    door = Door(asks=True, client="192.0.2.9")

    assert door.call(*SEARCH, authorization=said).status_code == 401
    assert [one[:2] for one in door.refusals] == [("192.0.2.9", "password")]
    assert PASSWORD not in str(door.refusals)


def test_a_name_that_no_account_has_is_looked_for_in_no_table():
    door = Door(asks=True)
    asked = []
    door.keeper._entrances = replace(
        door.keeper._entrances, by_password=lambda *said: asked.append(said) or Refusal("不对")
    )

    assert door.call(*SEARCH, authorization=basic("x", "甲\0\x1b[31m")).status_code == 401
    assert [said[:2] for said in asked] == [("", "")]


def test_a_database_that_is_locked_is_no_wrong_password():
    door = Door(asks=True)

    def locked(*_said):
        raise DatabaseError("数据库正忙")

    door.keeper._entrances = replace(door.keeper._entrances, by_password=locked)

    answer = door.call(*SEARCH, authorization=basic(PASSWORD))

    assert answer.status_code == 503
    assert door.refusals == []


@pytest.mark.parametrize(
    "path",
    ["/in/WORD.word/m/7", "/cal/WORD.word.ics", "/wall/WORD.word", "/IN/WORD.word"]
    + ["/shifan/in/WORD.word/me"],  # a proxy that was told of another path
)
def test_what_lets_somebody_in_is_in_no_record_of_a_refusal(path):
    door = Door(asks=True)
    strange = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}

    assert door.call("GET", path, **strange).status_code == 403
    [(_, word, method, said)] = door.refusals
    assert (word, method) == ("origin", "GET")
    assert "WORD" not in said and said.endswith("/…")


@pytest.mark.parametrize("path", ["/", "/c/jc", "/d/3", "/in", "/me", "/files/window.css"])
def test_the_window_answers_at_its_paths_and_prefect_at_all_others(path):
    door = Door(asks=True)

    assert door.call("GET", path).status_code == 200
    assert [reached for _, reached, _ in door.window.reached] == [path]
    assert door.behind.reached == []


def test_on_loopback_the_window_too_is_for_the_user_who_started_it():
    door = Door(owner=OTHERS)

    assert door.call("GET", "/").status_code == 403
    assert door.window.reached == []


@pytest.mark.parametrize(
    ("headers", "reached"),
    [
        ({"origin": HOME}, True),
        (
            {"origin": "null"},
            True,
        ),  # our own pages tell nobody where they are; the form has a token
        ({"origin": "null", "sec_fetch_site": "same-origin"}, True),
        ({"origin": "null", "sec_fetch_site": "cross-site"}, False),
        ({"origin": "http://elsewhere.example"}, False),
        ({"origin": "http://elsewhere.example", "sec_fetch_site": "same-origin"}, False),
    ],
)
def test_a_form_of_another_page_does_not_reach_the_window(headers, reached):
    door = Door(asks=True)
    door.call("POST", "/d/3", {"a": 1}, **headers)

    assert bool(door.window.reached) is reached


@pytest.mark.parametrize(
    ("old", "new"), [("/door/login?to=%2Fruns", "/in?to=%2Fruns"), ("/door/message/7", "/m/7")]
)
def test_an_old_page_of_the_door_leads_to_where_it_stands_now(old, new):
    answer = Door(asks=True).call("GET", old)

    assert (answer.status_code, answer.headers["location"]) == (303, new)


def test_our_own_service_may_do_everything_but_what_asks_another_host():
    door = Door(asks=True)
    made = door.call("POST", "/api/deployments/", {"name": "x"}, **SERVICE)
    asked = door.call("GET", "/api/collections/views/aggregate-worker-metadata", **SERVICE)

    assert made.status_code == 200
    assert door.behind.reached == [("POST", "/api/deployments/", {"name": "x"})]
    assert asked.status_code == 403


@pytest.mark.parametrize("token", ["", "x", TOKEN + "x", TOKEN[:-1]])
def test_a_wrong_token_is_no_token(token):
    answer = Door(asks=True).call("POST", "/api/deployments/", {}, **{TOKEN_HEADER: token})

    assert answer.status_code == 401


# What makes the serving machine run something, or changes what it will run. None of it is offered.
FORBIDDEN = [
    ("POST", "/api/deployments/"),
    ("PATCH", f"/api/deployments/{RUN}"),
    ("DELETE", f"/api/deployments/{RUN}"),
    ("POST", f"/api/deployments/{RUN}/schedules"),
    ("PATCH", f"/api/deployments/{RUN}/schedules/{RUN}"),
    ("DELETE", f"/api/deployments/{RUN}/schedules/{RUN}"),
    ("POST", f"/api/deployments/{RUN}/create_flow_run/bulk"),
    ("POST", f"/api/deployments/{RUN}/schedule"),
    ("POST", "/api/deployments/bulk_delete"),
    ("POST", "/api/work_pools/"),
    ("PATCH", "/api/work_pools/x"),
    ("POST", "/api/work_pools/x/queues"),
    ("POST", "/api/work_pools/x/get_scheduled_flow_runs"),
    ("POST", "/api/work_pools/x/workers/heartbeat"),
    ("POST", "/api/block_types/"),
    ("POST", "/api/block_schemas/"),
    ("POST", "/api/block_documents/"),
    ("PATCH", f"/api/block_documents/{RUN}"),
    ("DELETE", f"/api/block_documents/{RUN}"),
    ("POST", "/api/automations/"),
    ("PUT", f"/api/automations/{RUN}"),
    ("PATCH", f"/api/automations/{RUN}"),
    ("POST", "/api/automations/templates/validate"),
    ("POST", "/api/templates/validate"),
    ("POST", "/api/variables/"),
    ("PATCH", f"/api/variables/{RUN}"),
    ("PATCH", "/api/variables/name/x"),
    ("PUT", "/api/admin/storage"),
    ("DELETE", "/api/admin/storage"),
    ("POST", "/api/flows/"),
    ("PATCH", f"/api/flows/{RUN}"),
    ("DELETE", f"/api/flows/{RUN}"),
    ("POST", "/api/flow_runs/"),
    ("PATCH", f"/api/flow_runs/{RUN}"),
    ("PATCH", f"/api/flow_runs/{RUN}/labels"),
    ("DELETE", f"/api/flow_runs/{RUN}"),
    ("POST", f"/api/flow_runs/{RUN}/input"),
    ("POST", f"/api/flow_runs/{RUN}/input/filter"),
    ("GET", f"/api/flow_runs/{RUN}/input/suspended-decision-1-response"),
    ("POST", "/api/flow_runs/bulk_set_state"),
    ("POST", "/api/task_runs/"),
    ("POST", f"/api/task_runs/{RUN}/set_state"),
    ("POST", "/api/artifacts/"),
    ("PATCH", f"/api/artifacts/{RUN}"),
    ("POST", "/api/logs/"),
    ("POST", "/api/events"),
    ("POST", "/api/concurrency_limits/"),
    ("POST", "/api/v2/concurrency_limits/increment"),
    ("PUT", "/api/saved_searches/"),
    ("GET", f"/api/block_documents/{RUN}?include_secrets=true"),
    ("GET", "/api/collections/views/aggregate-worker-metadata"),
    ("OPTIONS", "/api/flow_runs/filter"),
    ("TRACE", "/api/health"),
    ("POST", "/api//flow_runs/filter"),
    ("POST", "/api/../api/deployments/"),
    ("POST", "/api/%64eployments/"),
    ("GET", "/api"),
    ("DELETE", "/runs"),
]


@pytest.mark.parametrize(("method", "path"), FORBIDDEN)
def test_what_runs_code_is_refused_to_whoever_has_an_account(method, path):
    door = Door(asks=True)
    answer = door.call(method, path, {"name": "x"}, authorization=basic(PASSWORD))

    assert answer.status_code == 403
    if method != "HEAD":
        assert "操作" in answer.json()["detail"] or "表单" in answer.json()["detail"]
    assert door.behind.reached == []
    assert len(door.refusals) == 1


CREATE, RESUME = f"/api/deployments/{RUN}/create_flow_run", f"/api/flow_runs/{RUN}/resume"
STATE, DEPLOYMENT = f"/api/flow_runs/{RUN}/set_state", f"/api/deployments/{RUN}"
SCHEDULE, VALIDATE = f"/api/deployments/{RUN}/schedules/{RUN}", "/api/ui/schemas/validate"
SCHEDULED = {"type": "SCHEDULED"}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", CREATE, {}),
        ("POST", CREATE, {"parameters": {"today": "2026-05-20"}, "state": SCHEDULED}),
        ("POST", CREATE, {"job_variables": {}, "work_queue_name": None, "context": {}}),
        (
            "POST",
            CREATE,
            {"empirical_policy": {"retries": 0, "retry_delay": None, "pause_keys": []}},
        ),
        ("POST", RESUME, {}),
        ("POST", STATE, {"state": {"type": "CANCELLING", "name": "Cancelling"}, "force": True}),
        ("PATCH", DEPLOYMENT, {"paused": True}),
        ("PATCH", SCHEDULE, {"active": False}),
        ("POST", VALIDATE, {"schema": {"$ref": "#/definitions/A"}, "values": {"a": 1}}),
        ("POST", "/api/block_documents/filter", {"include_secrets": False}),
    ],
)
def test_what_an_operator_does_is_let_through(method, path, body):
    door = Door(asks=True)

    assert door.call(method, path, body, authorization=basic(PASSWORD)).status_code == 200
    assert door.behind.reached == [(method, path, body)]


@pytest.mark.parametrize(
    ("method", "path", "body", "where"),
    [
        ("POST", CREATE, {"job_variables": {"env": {"A": "b"}}}, "job_variables.env.A"),
        ("POST", CREATE, {"work_queue_name": "x"}, "work_queue_name"),
        ("POST", CREATE, {"infrastructure_document_id": RUN}, "infrastructure_document_id"),
        ("POST", CREATE, {"empirical_policy": {"retries": 3}}, "empirical_policy.retries"),
        ("POST", CREATE, {"enforce_parameter_schema": False}, "enforce_parameter_schema"),
        ("POST", CREATE, {"enforce_parameter_schema": 1}, "enforce_parameter_schema"),
        ("POST", CREATE, {"state": {"type": "COMPLETED"}}, "state.type"),
        ("POST", CREATE, {"state": {}}, "state.type"),
        ("POST", CREATE, {"labels": {"a": "b"}}, "labels.a"),
        ("POST", CREATE, {"entrypoint": "x.py:y"}, "entrypoint"),
        (
            "POST",
            CREATE,
            {"parameters": {"a": {"__prefect_kind": "workspace_variable"}}},
            "parameters.a",
        ),
        ("POST", CREATE, {"parameters": {"a": 2**53}}, "parameters.a"),
        ("POST", CREATE, {"parameters": {"a": "x" * 20_001}}, "parameters.a"),
        ("POST", CREATE, {"parameters": {"a": "\0"}}, "parameters.a"),
        ("POST", CREATE, {"parameters": []}, "parameters"),
        ("POST", RESUME, {"run_input": {"a": {"__prefect_kind": "jinja"}}}, "run_input.a"),
        ("POST", RESUME, {"other": 1}, "other"),
        ("POST", STATE, {"state": {"type": "COMPLETED"}}, "state.type"),
        ("POST", STATE, {"state": {"type": "SCHEDULED"}}, "state.type"),
        ("POST", STATE, {"state": {"type": "CANCELLED", "data": {"a": 1}}}, "state.data.a"),
        ("POST", STATE, {}, "state"),
        ("PATCH", DEPLOYMENT, {"description": "x"}, "paused"),
        ("PATCH", DEPLOYMENT, {"paused": True, "entrypoint": "x.py:y"}, "entrypoint"),
        ("PATCH", DEPLOYMENT, {"paused": 1}, "paused"),
        ("PATCH", SCHEDULE, {"active": True, "cron": "* * * * *"}, "cron"),
        (
            "POST",
            VALIDATE,
            {"schema": {"$ref": "http://other.example/a"}, "values": {}},
            "schema.$ref",
        ),
        ("POST", "/api/block_documents/filter", {"include_secrets": True}, "include_secrets"),
        ("POST", "/api/block_documents/filter", {"include_secrets": 0}, "include_secrets"),
        ("POST", "/api/flow_runs/filter", {"offset": 2**31}, "offset"),
    ],
)
def test_a_body_that_says_more_than_the_form_is_refused_with_its_place(method, path, body, where):
    door = Door(asks=True)
    answer = door.call(method, path, body, authorization=basic(PASSWORD))

    assert answer.status_code == 403
    assert f"（{where}）" in answer.json()["detail"]
    assert door.behind.reached == []


@pytest.mark.parametrize(
    "content", [b"{", b"\xff", b"[1]", b'"x"', b'{"parameters": {"a": NaN}}', b"[" * 5000]
)
def test_a_body_that_is_no_object_is_refused(content):
    assert Door().call("POST", CREATE, content=content).status_code == 403


def test_of_two_values_under_one_name_prefect_gets_the_one_that_was_checked():
    door = Door()
    door.call("PATCH", DEPLOYMENT, content=b'{"paused": 5, "paused": true}')

    assert door.behind.reached == [("PATCH", DEPLOYMENT, {"paused": True})]


def test_a_body_beyond_all_measure_is_not_read_to_its_end():
    assert Door().call("POST", CREATE, content=b" " * 1_000_001).status_code == 413


def test_an_answer_says_where_it_comes_from_and_its_code_is_sealed():
    door = Door(asks=True, client="192.0.2.9")
    answer = {"decision": "批准", "code": "ABCDEF", "source": "somebody else"}
    door.call("POST", RESUME, {"run_input": answer}, authorization=basic(PASSWORD))
    [(_, _, passed)] = door.behind.reached

    assert passed["run_input"]["source"] == "192.0.2.9"
    assert "ABCDEF" not in json.dumps(passed)
    assert passed["run_input"]["decision"] == "批准"


@pytest.mark.parametrize("headers", [{}, {"origin": HOME}, {"origin": "http://elsewhere.example"}])
@pytest.mark.parametrize("path", ["/api/events/in", "/api/events/out", "/api/logs/out", "/x"])
def test_no_browser_opens_a_socket(path, headers):
    door = Door()

    assert [one["type"] for one in door.open_socket(path, **headers)] == ["websocket.close"]
    assert door.behind.reached == []


def test_our_own_service_opens_its_sockets():
    door = Door(asks=True)
    said = door.open_socket("/api/events/in", **SERVICE)

    assert [one["type"] for one in said] == ["websocket.accept"]
