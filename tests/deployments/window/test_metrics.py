"""`/metrics`: who may read it, what it says, that it is cheap, and that the examples speak of what there is."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from time import monotonic

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event

from deployments.cli import run
from deployments.door.callers.who import ASKS
from deployments.window import metrics
from deployments.window.frame import create_window
from models.database import engine_for
from models.rules.words import Light
from models.settings import moment_of, settings
from models.units.unit import Post
from tasks.doctor.daily import examine_daily
from tasks.doctor.metrics import NAMES, samples
from tasks.patrol.heartbeat import beat, beat_after_delivery
from tests.places import ROOT
from tests.support.alerts import MONDAY, at, every_tag, morning, only, robots
from tests.support.windows import Client

NOW = at(MONDAY, 10)
TOKEN = "yi-ge-zu-gou-chang-de-kouling-0000"
MADE = {
    "shifan_patrol_age_seconds": 3600.0,
    "shifan_patrol_workdays_missed": 0.0,
    "shifan_delivery_age_seconds": 300.0,
}


@pytest.fixture
def told(campaign, provider, tmp_path, monkeypatch, clock_at):
    """A morning's messages went out, the patrol and the delivery left their beats, and the doctor was there."""
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    only("W1", MONDAY)
    morning(campaign, MONDAY)
    beat(moment_of(at(MONDAY, 9)), None, ())
    beat_after_delivery(at(MONDAY, 9, 55))
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    examine_daily(moment_of(NOW))
    clock_at(NOW)


@contextmanager
def statements():
    """Count what is asked of the database meanwhile."""
    seen, engine = [], engine_for(settings().database)

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def read(found) -> dict:
    families = text_string_to_metric_families(metrics.exposed(found).decode())
    return {(s.name, *sorted(s.labels.items())): s.value for f in families for s in f.samples}


def test_every_number_is_there_in_the_form_that_prometheus_reads(told):
    said = read(samples(NOW))

    assert {name for name, *_ in said} == set(NAMES)
    assert said[("shifan_up",)] == 1
    assert said[("shifan_notices", ("state", "sent"))] > 0
    assert said[("shifan_deliveries", ("state", "delivered"))] > 0
    lit = [said["shifan_items", ("campaign", "jc"), ("light", one.value)] for one in Light]
    assert sum(lit) > 0
    assert said[("shifan_doctor_checks", ("health", "bad"))] >= 1
    assert {name: said[(name,)] for name in MADE} == pytest.approx(MADE)


def test_what_was_never_done_has_no_age_and_a_rule_asks_for_it(campaign):
    names = {name for name, *_ in read(samples(NOW))}
    ages = {name for name in NAMES if name.endswith("_age_seconds")}
    assert not names & ages

    rules = yaml.safe_load((ROOT / "deployments" / "alerts.example.yaml").read_text("utf-8"))
    [rule] = [one for one in rules["groups"][0]["rules"] if "unless" in one["expr"]]
    assert set(re.findall(r"shifan_\w+", rule["expr"])) == {"shifan_up", *ages}


def test_reading_takes_few_statements_and_writes_none(told):
    with statements() as seen:
        samples(NOW)
    assert len([sql for sql in seen if sql != "BEGIN"]) <= 8
    assert all(sql.lstrip().startswith(("SELECT", "BEGIN")) for sql in seen)


def test_a_database_that_is_down_is_told_and_the_ages_stay(told, monkeypatch):
    monkeypatch.setenv("SHIFAN_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    said = read(samples(NOW))
    assert said[("shifan_up",)] == 0
    assert ("shifan_patrol_age_seconds",) in said
    assert not any(name == "shifan_notices" for name, *_ in said)


@pytest.mark.parametrize(
    ("asks", "token", "shown", "may"),
    [
        ("0", "", "", True),  # the door lets in the user at the machine alone
        ("1", "", "", False),
        ("1", "", "Bearer ", False),  # no token is none, not an empty one
        ("1", TOKEN, "", False),
        ("1", TOKEN, f"Bearer {TOKEN}", True),
        ("1", TOKEN, f"bearer {TOKEN}", True),
        ("1", TOKEN, f"Basic {TOKEN}", False),
        ("1", TOKEN, f"Bearer {TOKEN[:-1]}", False),
        ("1", TOKEN, "Bearer 口令", False),
    ],
)
def test_nobody_reads_without_the_token_where_others_come_in(monkeypatch, asks, token, shown, may):
    monkeypatch.setenv(ASKS, asks)
    if token:
        monkeypatch.setenv("SHIFAN_METRICS_TOKEN", token)
    assert metrics.may_read(shown) is may


def test_the_window_answers_a_stranger_with_one_line_and_no_number(told, monkeypatch):
    monkeypatch.setenv(ASKS, "1")
    answer = Client(None).get("/metrics")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert "shifan_" not in answer.text
    monkeypatch.setenv(ASKS, "0")
    assert "shifan_up 1.0" in Client(None).get("/metrics").text
    assert create_window().routes[1].path == "/metrics"


def test_many_readers_cost_as_much_as_one(told):
    kept = metrics._Kept()
    first = kept.text()
    with statements() as seen:
        assert {kept.text() for _ in range(20)} == {first}
    assert not seen


def test_who_comes_while_another_asks_gets_the_text_that_is_kept(told, monkeypatch):
    asked, released = Event(), Event()

    def slow(now):
        asked.set()
        assert released.wait(20)
        return samples(now)

    kept = metrics._Kept()
    first = kept.text()
    kept._until = 0.0  # its time is over
    monkeypatch.setattr(metrics, "samples", slow)
    with ThreadPoolExecutor() as readers:
        asking = readers.submit(kept.text)
        assert asked.wait(20)
        began = monotonic()
        assert {kept.text() for _ in range(20)} == {first}
        assert monotonic() - began < 1

        # Kept for too long it would show a database that stands still as one that is well.
        kept._made = monotonic() - metrics.STANDS_SECONDS - 1
        assert "shifan_up 0.0" in kept.text().decode()
        assert "shifan_patrol_age_seconds 3600.0" in kept.text().decode()
        released.set()
        assert "shifan_up 1.0" in asking.result(20).decode()


def test_no_person_and_no_channel_stands_in_it(told):
    text = metrics.exposed(samples(NOW)).decode()
    assert not re.search("[\u4e00-\u9fff]", text)
    assert "key-0" not in text
    assert Post.__tablename__ not in text


def test_a_token_that_is_too_short_is_refused_without_being_said(monkeypatch, capsys):
    monkeypatch.setenv("SHIFAN_METRICS_TOKEN", "kouling")
    assert run(["status"]) == 1
    said = capsys.readouterr().err
    assert "SHIFAN_METRICS_TOKEN 应为 至少 20 个半角字符" in said
    assert "kouling" not in said


def test_the_examples_speak_of_numbers_that_there_are():
    rules = yaml.safe_load((ROOT / "deployments" / "alerts.example.yaml").read_text("utf-8"))
    [group] = rules["groups"]
    named = {name for rule in group["rules"] for name in re.findall(r"shifan_\w+", rule["expr"])}
    assert named and named <= set(NAMES)
    assert all(rule["alert"] and rule["annotations"]["summary"] for rule in group["rules"])
    scrape = yaml.safe_load((ROOT / "deployments" / "prometheus.example.yaml").read_text("utf-8"))
    [job] = scrape["scrape_configs"]
    assert (job["job_name"], job["metrics_path"]) == ("shifan", "/metrics")
    assert "credentials" not in job["authorization"]
