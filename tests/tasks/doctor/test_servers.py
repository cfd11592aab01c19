"""The doctor names what several Prefect servers lack, as Prefect does not."""

from models.rules.several_servers import DOCKET, several_servers
from tasks.doctor.diagnosis import Health
from tasks.doctor.every import CHECKS
from tasks.doctor.servers import servers_share
from tests.conftest import NOW


def test_a_docket_in_memory_is_bad_and_one_server_needs_none(monkeypatch):
    assert servers_share(NOW).health == Health.WELL

    for name, value in several_servers("redis://:word@r/0", "postgresql://p/d").items():
        monkeypatch.setenv(name, value)
    assert servers_share(NOW).health == Health.WELL

    monkeypatch.setenv(DOCKET, "memory://")
    found = servers_share(NOW)
    assert (found.health, DOCKET in found.words) == (Health.BAD, True)
    assert "several-servers.env.example" in found.mend
    assert "word" not in found.words
    assert servers_share in [check.look for check in CHECKS]
