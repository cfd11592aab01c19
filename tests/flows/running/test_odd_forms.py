"""What a form is given, however odd: refused with the form, or kept so that every list still shows it."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from prefect import get_client
from prefect.utilities.schema_tools import validate

from deployments.service.schedules import all_deployments
from tests.support.odd_values import TEXTS

HUGE = 10**26
ODD = [
    *TEXTS.values(),
    HUGE,
    -HUGE,
    2**53,
    2**31,
    -1,
    0,
    1.5,
    1e300,
    True,
    None,
    [],
    {},
    ["甲"] * 2000,
]
RIGHT: dict[str, dict[str, Any]] = {
    "登记进展": {"progress": {"code": "W1", "state": "已完成", "by_post": "甲"}},
    "登记确认": {"confirmation": {"condition": "已开展培训", "by_post": "甲"}},
    "阶段推进": {"request": {"by_post": "甲"}},
    "签收提醒": {"receipt": {"by_post": "甲"}},
    "阶段审批": {"decision_id": 1},
    "录入放假安排": {"holidays": {"text": "甲", "by_post": "甲"}},
    "登记报送": {"submission": {"unit": "甲", "code": "D1", "by_post": "甲"}},
    "登记走访": {"visit": {"code": "V1.1", "by_post": "甲"}},
    "移交事项": {"succession": {"unit": "甲", "to": "乙", "by_post": "甲"}},
    "演练": {"rehearsal": {}},
    "确认时钟": {"told": {"today": "2026-11-27", "by_post": "甲"}},
    "提出异议": {"objection": {"decision": 1, "by_post": "甲", "reason": "甲"}},
}
SCHEMAS = {
    str(one.name): one._parameter_openapi_schema.model_dump()
    for one in all_deployments("Asia/Shanghai")
}


def tries(name: str) -> list[dict[str, Any]]:
    """Return right parameters with one odd value each, in every field and in one that is not there."""
    right, schema = RIGHT.get(name, {}), SCHEMAS[name]
    found = [right | {"没有的": odd} for odd in ODD]
    for field, told in schema["properties"].items():
        found += [right | {field: odd} for odd in ODD]
        inner = schema["definitions"].get(str(told.get("$ref", "")).rpartition("/")[2], {})
        for part in (*inner.get("properties", ()), *(["没有的"] if inner else ())):
            found += [right | {field: right[field] | {part: odd}} for odd in ODD]
    return found


def taken(parameters: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Say whether Prefect takes ``parameters``, with its own check."""
    return not validate(parameters, schema)


def can_be_listed(value: Any) -> bool:
    """Say whether every list can show ``value`` again: whole characters, numbers of 32 bits."""
    if isinstance(value, dict):
        return all(map(can_be_listed, value.values()))
    if isinstance(value, str):
        return "\ud800" not in value and "\udcd6" not in value and len(value) <= 500
    return isinstance(value, int) and abs(value) < 2**31


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_form_takes_only_what_every_list_can_show_again(name):
    for parameters in tries(name):
        if taken(parameters, SCHEMAS[name]):
            assert can_be_listed(parameters), str(parameters)[:200]
    assert taken(RIGHT.get(name, {}), SCHEMAS[name])


@pytest.fixture
def deployed(prefect_server) -> Iterator[dict[str, UUID]]:
    """Every deployment, known to the server by its id; other tests of the same server expect none."""
    with get_client(sync_client=True) as client:
        made = {}
        for one in all_deployments("Asia/Shanghai"):
            one.schedules = []
            made[str(one.name)] = one.apply()
        yield made
        for found in made.values():
            client.delete_deployment(found)


@pytest.mark.server
def test_the_server_refuses_with_the_form_and_its_lists_stay_whole(deployed):
    right = RIGHT["签收提醒"]["receipt"]
    with get_client(sync_client=True) as client:
        for name, found in deployed.items():
            kept = client.read_deployment(found)
            assert (kept.parameter_openapi_schema, kept.enforce_parameter_schema) == (
                SCHEMAS[name],
                True,
            )
        server = httpx.Client(base_url=str(client.api_url), timeout=60)
    answers = [
        post(
            server,
            f"deployments/{deployed['签收提醒']}/create_flow_run",
            {"parameters": parameters},
        )
        for parameters in (
            {"receipt": right},
            {"receipt": right | {"message": HUGE}},
            {"receipt": right | {"note": "\ud800"}},
            {"receipt": right | {"note": "甲" * 501}},
            {"receipt": right | {"没有的": HUGE}},
            {"receipt": right, "没有的": HUGE},
        )
    ]

    assert answers == [201, 409, 409, 409, 409, 409]
    lists = ("flow_runs/filter", "flow_runs/paginate", "deployments/filter")
    assert [post(server, path, {}) for path in lists] == [200] * len(lists)


def post(server: httpx.Client, path: str, body: dict[str, Any]) -> int:
    """Return what the server answers to a body as any program may write it."""
    headers = {"content-type": "application/json"}
    return server.post(path, content=json.dumps(body).encode(), headers=headers).status_code
