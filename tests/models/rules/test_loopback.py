"""Which hosts are this machine."""

import pytest

from models.rules.loopback import is_loopback


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_is_known_by_each_of_its_names(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "::", "10.1.2.3", "localhost.example.cn", "127.0.0.1.nip.io"]
)
def test_another_machine_is_not_taken_for_this_one(host):
    assert not is_loopback(host)
