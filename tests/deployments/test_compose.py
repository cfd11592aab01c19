"""The compose file: of the schema of compose files, and such that nothing of it is open, loose or missing."""

import json
import re
from pathlib import Path
from typing import Any

import check_jsonschema
import jsonschema
import pytest
import yaml

from models.rules.own_server import LOGIN, own_server_faults
from models.rules.several_servers import several_servers
from models.settings import Settings
from tests.places import ROOT
from tests.support.started import require_start

FILE = ROOT / "deployments" / "compose.yaml"
EXAMPLE = ROOT / "deployments" / "compose.env.example"
TEXT = FILE.read_text(encoding="utf-8")
READ: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = READ["services"]
ONCE = {name for name, one in SERVICES.items() if one.get("restart") == "no"}
INSTALLED = "/opt/shifan/"
ALWAYS = {name for name, one in SERVICES.items() if "profiles" not in one}
SERVERS = {
    name for name, one in SERVICES.items() if one.get("command", [])[:2] == ["shifan", "server"]
}


def with_profile(profile: str) -> dict[str, dict[str, Any]]:
    """Return the services that are started where the office chose ``profile``."""
    return {
        name: one for name, one in SERVICES.items() if profile in one.get("profiles", [profile])
    }


# Whatever is substituted must be given: no default stands in for what nobody chose.
ASKED = re.compile(r"\$\{([A-Z_0-9]+)(:\?[^}]+)?([^}]*)\}")


def test_it_is_of_the_schema_of_compose_files():
    folder = Path(check_jsonschema.__file__).parent / "builtin_schemas" / "vendor"
    schema = json.loads((folder / "compose-spec.json").read_text(encoding="utf-8"))

    jsonschema.validate(READ, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(READ | {"servces": {}}, schema)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_no_more_than_it_must(name):
    one = SERVICES[name]

    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in one
    assert one.get("user", "").split(":")[0] not in ("", "0", "root") or name == "db"
    assert {port.rsplit(":", 2)[0] for port in one.get("ports", [])} <= {"127.0.0.1"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_that_stays_is_looked_after(name):
    one = SERVICES[name]

    if name in ONCE:
        assert "healthcheck" not in one
    else:
        assert one["restart"] == "unless-stopped"
        assert one["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_waits_until_what_it_needs_is_ready(name):
    for other, told in SERVICES[name].get("depends_on", {}).items():
        ready = "service_completed_successfully" if other in ONCE else "service_healthy"
        assert told["condition"] == ready, other
        # One that may not be there is not insisted on, but by those that come with it.
        comes_along = (
            other in ALWAYS or SERVICES[name].get("profiles") == SERVICES[other]["profiles"]
        )
        assert told.get("required", True) is comes_along, other


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_is_asked_for_by_its_digest(name):
    """A tag, or nothing, cannot be written in the place of the digest: compose itself refuses it."""
    image = SERVICES[name]["image"]

    assert re.fullmatch(r"\$\{([A-Z]+)_IMAGE:\?[^}]+\}@sha256:\$\{\1_SHA256:\?[^}]+\}", image)


def test_one_server_or_two_are_chosen_and_never_none():
    """A profile that nobody chose would start everything but what all of it asks."""
    assert SERVICES["worker"]["labels"]["servers"].startswith("${COMPOSE_PROFILES:?")
    assert SERVERS & with_profile("one").keys() == {"prefect"}
    assert SERVERS & with_profile("several").keys() == {"prefect-1", "prefect-2"}
    for profile in ("one", "several"):
        started = with_profile(profile)
        for name, one in started.items():
            needed = {o for o, t in one.get("depends_on", {}).items() if t.get("required", True)}
            assert needed <= started.keys(), name
        waits = SERVICES["deploy"]["depends_on"].keys() & SERVERS & started.keys()
        assert waits, profile  # for one that serves


def test_the_servers_start_closed_and_those_of_several_share_everything():
    shared = several_servers("redis://redis:6379/0", "postgresql://shifan@db/prefect")
    for name in SERVERS:
        one = SERVICES[name]
        told = one["environment"] | {LOGIN: "office:Zhe-Shi-Kou-Ling"}
        alone = "--no-services" not in one["command"]
        assert alone == (name == "prefect")
        assert own_server_faults(told, services=alone) == []
    for name in ("prefect-1", "prefect-2", "services"):
        told = SERVICES[name]["environment"]
        assert {key: told.get(key) for key in shared} == shared


def test_two_servers_answer_to_one_name():
    """When one falls, whoever asks is led to the other."""
    asked = SERVICES["worker"]["environment"]["PREFECT_API_URL"]
    assert asked == SERVICES["deploy"]["environment"]["PREFECT_API_URL"]
    host, port = "prefect", "4200"
    assert asked == f"http://{host}:{port}/api"

    for name in ("prefect-1", "prefect-2"):
        assert SERVICES[name]["networks"]["shifan"]["aliases"] == [host]
        assert SERVICES[name]["command"][-1] == port
    ports = [port for name in with_profile("several") for port in SERVICES[name].get("ports", [])]
    assert len({port.rsplit(":", 1)[0] for port in ports}) == len(ports)


def test_redis_is_reached_by_the_servers_and_their_services_alone():
    """It has no password, and whoever reaches it speaks for Prefect."""
    [network] = SERVICES["redis"]["networks"]
    others = {name for name, one in SERVICES.items() if network in one["networks"]} - {"redis"}

    assert READ["networks"][network] == {"internal": True}
    assert others == {"prefect-1", "prefect-2", "services"}
    assert "ports" not in SERVICES["redis"]


def test_the_window_believes_the_proxy_of_this_machine():
    """What comes through a port of the machine has an address of the containers' own network."""
    [subnet] = [one["subnet"] for one in READ["networks"]["shifan"]["ipam"]["config"]]

    assert SERVICES["window"]["environment"]["SHIFAN_GATEWAY"] == subnet


def test_the_database_lies_in_a_volume_with_a_name():
    """Official images up to 17 put a nameless one over data/, which goes with `docker compose down`."""
    one = SERVICES["db"]
    [mounted] = [volume.split(":")[1] for volume in one["volumes"]]
    folder = Path(one["environment"]["PGDATA"])

    assert folder.parent == Path(mounted)
    assert folder.name != "data"


def test_what_is_asked_for_has_no_default_and_stands_in_the_example():
    asked = ASKED.findall(TEXT)
    assert all(must and not rest for _, must, rest in asked)

    lines = [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line]
    told = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    assert told == dict.fromkeys({name for name, _, _ in asked}, "")


def test_no_password_stands_in_it():
    said = [one.get("environment", {}) for one in SERVICES.values()]
    for name, value in ((name, value) for one in said for name, value in one.items()):
        secret = re.search("PASSWORD|AUTH_STRING", name)
        assert not secret or value.startswith(("/run/secrets/", "${")), name
        assert not re.search("://[^/]*:[^/]*@", value), name


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_uses_is_there(name):
    one = SERVICES[name]

    volumes = [volume.split(":")[0] for volume in one.get("volumes", [])]
    assert set(volumes) <= READ["volumes"].keys()
    assert set(one.get("secrets", [])) <= READ["secrets"].keys()
    assert {config["source"] for config in one.get("configs", [])} <= READ["configs"].keys()
    assert set(one["networks"]) <= READ["networks"].keys()
    paths = re.findall(r"/run/secrets/([a-z_]+)", json.dumps(one))
    assert set(paths) <= set(one.get("secrets", []))


@pytest.mark.parametrize("name", [n for n in SERVICES if "SHIFAN" in SERVICES[n]["image"]])
def test_a_service_of_ours_starts_a_command_that_there_is_with_settings_that_are_read(name):
    one = SERVICES[name]
    ours = {f"SHIFAN_{field.upper()}" for field in Settings.model_fields}

    require_start(one["command"], INSTALLED)
    for setting in one.get("environment", {}):
        assert setting in ours or not setting.startswith("SHIFAN_"), setting


def test_the_image_takes_what_stands_in_the_checkout():
    lines = (ROOT / "deployments" / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ")]

    assert "FROM ${PYTHON_IMAGE}" in lines
    assert "USER 10001" in lines
    context = (ROOT / "deployments" / "Containerfile.dockerignore").read_text().splitlines()
    assert context[1] == "*"  # nothing but what is named: neither var/ nor .env
    for path in (path.removeprefix("./") for paths in copied for path in paths):
        assert (ROOT / path).exists(), path
        assert f"!{path}" in context, path
