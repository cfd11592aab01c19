"""What Prefect keeps and what it tells others: logs for half a year and no longer, nothing measured for another host."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deployments.pools.own_server import surroundings_of_own
from deployments.service.surroundings import TIDIED, environment
from models.files.logs import KEPT_FOR
from tests.places import ROOT

SAID = """
import json, sys
from opentelemetry import trace
from prefect import flow
from prefect.settings import get_current_settings
vacuum = get_current_settings().server.services.db_vacuum
print(json.dumps({
    "kinds": sorted(vacuum.enabled_vacuum_types),
    "days": vacuum.retention_period.days,
    "measured": get_current_settings().telemetry.enable_resource_metrics,
    "sdk": any(name.startswith("opentelemetry.sdk") for name in sys.modules),
    "tracer": type(trace.get_tracer(__name__)).__name__,
}))
"""


@pytest.fixture
def shell(monkeypatch):
    """A shell that would have everything measured for a host of its own."""
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.delenv("OTEL_SDK_DISABLED", raising=False)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector.example.cn:4318")
    monkeypatch.setenv("PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS", "true")
    return monkeypatch


def test_prefect_keeps_logs_and_runs_half_a_year_and_measures_nothing(shell, tmp_path):
    given = environment(tmp_path, "127.0.0.1", 4200) | {"PYTHONPATH": str(ROOT)}
    assert "OTEL_EXPORTER_OTLP_ENDPOINT" not in given
    said = subprocess.run(
        [sys.executable, "-P", "-c", SAID], env=given, cwd=tmp_path, capture_output=True, check=True
    )

    found = json.loads(said.stdout.splitlines()[-1])
    assert found["kinds"] == ["events", "flow_runs", "orphans"]
    assert found["days"] == KEPT_FOR.days == 180
    assert not found["measured"]
    assert not found["sdk"]


def test_an_office_that_asks_for_it_in_its_own_words_is_measured(shell):
    shell.setenv("OTEL_SDK_DISABLED", "false")
    given = environment(Path("/home"), "127.0.0.1", 4200)
    assert given["OTEL_EXPORTER_OTLP_ENDPOINT"] == "http://collector.example.cn:4318"
    assert given["OTEL_SDK_DISABLED"] == "false"


def test_a_server_that_is_started_by_our_command_keeps_as_long(shell):
    unit = (ROOT / "deployments" / "systemd" / "shifan-prefect.service").read_text("utf-8")
    assert re.search("^ExecStart=.*/shifan server ", unit, re.M)
    given = surroundings_of_own(Path("/home"), "http://127.0.0.1:4200")
    assert given.items() >= {**TIDIED, "OTEL_SDK_DISABLED": "true"}.items()


@pytest.mark.parametrize("file", ["compose.yaml", "systemd/shifan-services.service"])
def test_a_server_of_its_own_keeps_as_long(file):
    text = (ROOT / "deployments" / file).read_text("utf-8")
    for name, value in TIDIED.items():
        assert re.search(rf"{name}(=|: )\"?{re.escape(value)}\"?$", text, re.M), name
    assert re.search(r"OTEL_SDK_DISABLED(=|: )\"?true", text)
