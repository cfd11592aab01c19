"""Several servers share what each would keep in its own memory; what is forgotten is named."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from models.rules.several_servers import (
    DOCKET,
    MIGRATE,
    SHARED,
    is_several,
    several_servers,
    several_servers_faults,
)
from tests.places import ROOT

REDIS = "redis://:secret-word@10.1.2.3:6379/0"
RIGHT = several_servers(REDIS, "postgresql://prefect@10.1.2.4/prefect")
EXAMPLE = ROOT / "deployments" / "several-servers.env.example"

# Prefect's own settings of this environment, and the parts it would load at its start.
LOADED = """
from importlib import import_module
from prefect.settings import get_current_settings
from prefect_redis.client import RedisMessagingSettings
server = get_current_settings().server
for module, name in (
    (server.events.messaging_broker, "Publisher"),
    (server.events.messaging_cache, "Cache"),
    (server.events.causal_ordering, "CausalOrdering"),
    (server.concurrency.lease_storage, "ConcurrencyLeaseStorage"),
    (server.worker_channel.cleanup_queue_storage, "WorkerCleanupQueue"),
):
    assert module.startswith("prefect_redis"), module
    getattr(import_module(module), name)
assert server.docket.url == RedisMessagingSettings().url
assert not server.database.migrate_on_start
assert server.database.sqlalchemy.pool_size == 20
print(server.docket.url, server.database.connection_url.get_secret_value())
"""


def test_prefect_reads_every_one_of_them():
    """A name that Prefect does not know would be a setting that says nothing."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    said = subprocess.run(
        [sys.executable, "-c", LOADED],
        env=ours | RIGHT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.split() == [REDIS, "postgresql+asyncpg://prefect@10.1.2.4/prefect"]


def test_what_is_whole_has_no_fault():
    assert is_several(RIGHT)
    assert several_servers_faults(RIGHT) == []


@pytest.mark.parametrize("name", [*SHARED, DOCKET, MIGRATE])
def test_what_was_forgotten_is_named(name):
    lacking = {key: value for key, value in RIGHT.items() if key != name}

    [fault] = several_servers_faults(lacking)

    assert name in fault
    assert is_several(lacking)


def test_a_docket_in_memory_and_sqlite_are_named_and_no_password_is_shown():
    wrong = RIGHT | {DOCKET: "memory://", "PREFECT_SERVER_DATABASE_CONNECTION_URL": "sqlite:///x"}

    faults = several_servers_faults(wrong)

    assert [line.split()[0] for line in faults] == [
        DOCKET,
        "PREFECT_SERVER_DATABASE_CONNECTION_URL",
    ]
    assert "secret-word" not in " ".join([*faults, *several_servers_faults({})])


def test_one_server_is_not_several():
    assert not is_several({"PREFECT_API_URL": "http://127.0.0.1:4200/api"})


def test_the_example_names_them_all_and_no_password():
    lines = [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line]
    told = dict(line.split("=", 1) for line in lines if not line.startswith("#"))

    assert several_servers_faults(told) == []
    assert (
        told.pop("PREFECT_SERVER_ANALYTICS_ENABLED") == "false"
    )  # the services beside them phone home
    assert told.keys() == RIGHT.keys()
    assert not [value for value in told.values() if urlsplit(value).password]
