"""The door: what it lets through, what not, and that nothing refused reaches what is behind it."""

import base64
import json
from urllib.parse import quote

import pytest

from deployments.door.callers.who import COOKIE, TOKEN_HEADER
from tests.deployments.door.own_door import NOW, OTHERS, PASSWORD, RUN, TOKEN, Door

SEARCH = ("POST", "/api/flow_runs/filter", {"limit": 3})
HOME = "http://127.0.0.1:4200"
SERVICE = {TOKEN_HEADER: TOKEN}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))


@pytest.mark.parametrize("password", [None, PASSWORD], ids=["open", "password"])
@pytest.mark.parametrize(
    ("headers", "url"),
    [
        ({"origin": "http://elsewhere.example"}, HOME),
        ({"origin": "http://127.0.0.1:4201"}, HOME),  # another program of this machine
        ({"origin": "https://127.0.0.1:4200"}, HOME),
        ({"origin": "null"}, HOME),  # a page in a sandbox, or a file
        ({"origin": ""}, HOME),
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
def test_no_other_page_or_name_reaches_anything(password, headers, url):
    door = Door(password)
    cookie = f"{COOKIE}={door.keeper.sessions.begin(NOW)}"  # sent by browsers whatever the page
    answer = door.call(*SEARCH, url=url, cookie=cookie, **headers)

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


def test_the_name_that_the_office_gave_us_is_ours_when_there_is_a_password():
    named = {"public_url": "https://sf.example.gov"}
    asked = {"url": "http://sf.example.gov", "origin": "https://sf.example.gov"}
    login = basic(PASSWORD)

    assert Door(PASSWORD, **named).call(*SEARCH, authorization=login, **asked).status_code == 200
    assert Door(None, **named).call(*SEARCH, **asked).status_code == 421


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


def test_with_a_password_nothing_but_the_page_to_log_in_is_shown():
    door = Door(PASSWORD)
    for path in ("/docs", "/redoc", "/openapi.json", "/ui-settings", "/api/admin/version", "/v2/"):
        assert door.call("GET", path).status_code == 401, path
    sent_on = door.call("GET", "/runs/flow-run/1", accept="text/html")

    assert door.behind.reached == []
    assert sent_on.status_code == 303
    assert sent_on.headers["location"] == "/door/login?to=%2Fruns%2Fflow-run%2F1"
    assert door.call("GET", "/api/health").status_code == 200


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"])
def test_the_description_of_the_interface_is_nobodys(path):
    assert Door().call("GET", path).status_code == 403


def basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"admin:{password}".encode()).decode()


def test_the_password_opens_by_page_and_by_header():
    door = Door(PASSWORD)
    typed = f"password={quote(PASSWORD)}&to={quote('/runs?a=1')}".encode()
    entered = door.call("POST", "/door/login", content=typed, origin=HOME)
    cookie = entered.headers["set-cookie"].partition(";")[0]

    assert (entered.status_code, entered.headers["location"]) == (303, "/runs?a=1")
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert PASSWORD not in entered.headers["set-cookie"]
    assert door.call(*SEARCH, cookie=cookie).status_code == 200
    assert door.call(*SEARCH, authorization=basic(PASSWORD)).status_code == 200
    assert Door("another one").call(*SEARCH, cookie=cookie).status_code == 401


@pytest.mark.parametrize(
    ("url", "origin", "secure"),
    [
        ("https://sf.example.gov", "https://sf.example.gov", True),
        ("http://sf.example.gov", "https://sf.example.gov", True),
        (HOME, "https://sf.example.gov", True),  # a proxy that writes its own Host
        (HOME, HOME, False),
    ],
)
def test_a_log_in_over_the_local_network_lasts_though_the_public_address_is_https(
    url, origin, secure
):
    """The proxy speaks plain HTTP to us; a browser keeps no secure cookie of http://10.1.2.3:4200."""
    door = Door(PASSWORD, public_url="https://sf.example.gov")
    typed = f"password={quote(PASSWORD)}".encode()
    entered = door.call("POST", "/door/login", content=typed, url=url, origin=origin)

    assert entered.status_code == 303
    assert ("Secure" in entered.headers["set-cookie"]) == secure
    assert "Path=/;" in entered.headers["set-cookie"]


@pytest.mark.parametrize(
    "to", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "/\t/x", ""]
)
def test_logging_in_leads_to_no_other_host(to):
    typed = f"password={quote(PASSWORD)}&to={quote(to)}".encode()
    entered = Door(PASSWORD).call("POST", "/door/login", content=typed, origin=HOME)

    assert entered.headers["location"] == "/"


@pytest.mark.parametrize("said", ["Basic", "Basic %%%", "Bearer x", "Basic " + "eA==", basic("x")])
def test_a_wrong_password_is_counted_and_slowed(said):
    door = Door(PASSWORD, client="192.0.2.9")
    answers = [door.call(*SEARCH, authorization=said).status_code for _ in range(6)]

    assert answers == [401, 401, 401, 401, 429, 429]
    assert door.call(*SEARCH, authorization=basic(PASSWORD)).status_code == 429  # not compared
    assert {source for source, *_ in door.refusals} == {"192.0.2.9"}
    assert PASSWORD not in str(door.refusals)


def test_a_wrong_password_on_the_page_says_so_in_chinese_and_keeps_the_way():
    page = Door(PASSWORD).call("POST", "/door/login", content=b"password=x&to=/runs", origin=HOME)

    assert page.status_code == 401
    assert "口令不对" in page.text
    assert 'value="/runs"' in page.text


def test_our_own_service_may_do_everything_but_what_asks_another_host():
    door = Door(PASSWORD)
    made = door.call("POST", "/api/deployments/", {"name": "x"}, **SERVICE)
    asked = door.call("GET", "/api/collections/views/aggregate-worker-metadata", **SERVICE)

    assert made.status_code == 200
    assert door.behind.reached == [("POST", "/api/deployments/", {"name": "x"})]
    assert asked.status_code == 403


@pytest.mark.parametrize("token", ["", "x", TOKEN + "x", TOKEN[:-1]])
def test_a_wrong_token_is_no_token(token):
    answer = Door(PASSWORD).call("POST", "/api/deployments/", {}, **{TOKEN_HEADER: token})

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
    ("POST", "/"),
    ("DELETE", "/runs"),
]


@pytest.mark.parametrize(("method", "path"), FORBIDDEN)
def test_what_runs_code_is_refused_to_whoever_holds_the_password(method, path):
    door = Door(PASSWORD)
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
    door = Door(PASSWORD)

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
    door = Door(PASSWORD)
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
    door = Door(PASSWORD, client="192.0.2.9")
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
    door = Door(PASSWORD)
    said = door.open_socket("/api/events/in", **SERVICE)

    assert [one["type"] for one in said] == ["websocket.accept"]


@pytest.mark.parametrize("password", [None, PASSWORD], ids=["open", "password"])
def test_the_page_of_a_message_is_shown_to_whoever_may_see_the_window(password):
    door = Door(password)
    inside = {"authorization": basic(PASSWORD)} if password else {}
    page = door.call("GET", "/door/message/7", accept="text/html", **inside)

    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert "第 7 号消息" in page.text
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert door.call("GET", "/door/message/8", **inside).status_code == 404
    assert door.call("POST", "/door/message/7", {}, **inside).status_code >= 400
    assert door.behind.reached == []


def test_the_page_of_a_message_asks_a_stranger_for_the_password():
    door = Door(PASSWORD)
    page = door.call("GET", "/door/message/7", accept="text/html")

    assert page.status_code == 303
    assert page.headers["location"].endswith("to=%2Fdoor%2Fmessage%2F7")
    assert Door(None, owner=OTHERS).call("GET", "/door/message/7").status_code in (401, 403)
