"""What the window alone answers for what is Prefect's: it may be down, or elsewhere."""

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from deployments.window.alone import _no_prefect


@pytest.mark.parametrize(
    ("api", "status", "words"),
    [
        ("", 503, "请管这台电脑的同事启动示范"),
        ("http://127.0.0.1:9/api", 404, "在本单位另建的 Prefect 服务上"),
    ],
)
def test_where_runs_are_looked_at_is_said_as_it_is(monkeypatch, api, status, words):
    monkeypatch.setenv("PREFECT_API_URL", api)
    answer = TestClient(Starlette(routes=[Mount("/", _no_prefect)])).get("/v2/dashboard")

    assert answer.status_code == status
    assert words in answer.text
