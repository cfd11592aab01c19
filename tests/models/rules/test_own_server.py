"""The office's own Prefect server: without a password, or open to every page, it does not start."""

import pytest

from models.rules.own_server import LOGIN, ORIGINS, ORIGINS_TOO, own_server_faults
from models.rules.several_servers import DATABASE, DOCKET, several_servers

CLOSED = {LOGIN: "office:Zhe-Shi-Kou-Ling", ORIGINS: "http://127.0.0.1:4200"}
SEVERAL = several_servers("redis://10.1.2.3:6379/0", "postgresql://prefect@10.1.2.4/prefect")


def test_what_is_closed_may_start_alone_and_as_one_of_several():
    assert own_server_faults(CLOSED, services=True) == []
    assert own_server_faults(CLOSED | SEVERAL, services=False) == []
    assert own_server_faults(CLOSED | SEVERAL, services=True) == []


@pytest.mark.parametrize("login", ["office", "office:", ":Zhe-Shi-Kou-Ling", "Zhe-Shi-Kou-Ling"])
def test_without_a_user_and_a_password_it_may_not(login):
    [fault] = own_server_faults(CLOSED | {LOGIN: login}, services=True)

    assert f"{LOGIN} 应写成" in fault
    assert "Kou-Ling" not in fault
    [missing] = own_server_faults(CLOSED | {LOGIN: ""}, services=True)
    assert f"没有设 {LOGIN}" in missing


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql+asyncpg://prefect:a%40b@10.1.2.4/prefect", ""),
        ("sqlite+aiosqlite:////srv/a#b.db", ""),
        ("postgresql://prefect:geheim@10.1.2.4/prefect", "postgresql+asyncpg://"),
        ("mysql://prefect:geheim@10.1.2.4/prefect", "postgresql+asyncpg://"),
        ("postgresql+asyncpg://prefect:geh@eim@10.1.2.4/prefect", "%40"),
    ],
)
def test_the_address_of_its_database_begins_with_prefects_driver_and_is_whole(url, words):
    faults = own_server_faults(CLOSED | {DATABASE: url}, services=True)

    assert len(faults) == bool(words)
    assert words in "".join(faults)
    assert "geh" not in "".join(faults)


@pytest.mark.parametrize("password", ["short-one", "aaaaaaaaaaaa", "office-2026-x"])
def test_a_password_that_can_be_guessed_is_refused_and_not_shown(password):
    """Nothing of Prefect's counts wrong tries."""
    [fault] = own_server_faults(CLOSED | {LOGIN: f"office:{password}"}, services=True)

    assert "口令" in fault
    assert password not in fault


@pytest.mark.parametrize("name", [ORIGINS, ORIGINS_TOO])
@pytest.mark.parametrize("origins", ["*", "http://127.0.0.1:4200,*"])
def test_every_page_may_not_call_it_under_either_name(name, origins):
    [fault] = own_server_faults(CLOSED | {name: origins}, services=True)

    assert fault.startswith(name)


def test_one_without_services_is_one_of_several_and_lacks_nothing_of_them():
    assert len(own_server_faults(CLOSED, services=False)) > 5

    lacking = {key: value for key, value in SEVERAL.items() if key != DOCKET}
    [fault] = own_server_faults(CLOSED | lacking, services=True)
    assert DOCKET in fault
