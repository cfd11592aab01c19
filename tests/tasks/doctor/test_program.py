"""What the doctor says of the algorithms of hashes."""

from tasks.doctor.diagnosis import Health
from tasks.doctor.program import hashes_made
from tests.conftest import NOW
from tests.support.no_sm3 import without_sm3

ASKED = """
from datetime import UTC, datetime
from tasks.doctor.program import hashes_made
found = hashes_made(datetime(2025, 7, 1, tzinfo=UTC))
print(found.health.name, found.words)
"""


def test_the_algorithm_that_is_set_can_be_used_here(monkeypatch):
    assert "SHA-256" in hashes_made(NOW).words
    monkeypatch.setenv("SHIFAN_HASH", "sm3")

    found = hashes_made(NOW)

    assert (found.health, "SM3" in found.words) == (Health.WELL, True)


def test_where_it_cannot_the_doctor_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("SHIFAN_HASH", "sm3")

    said = without_sm3(tmp_path, "-P", "-c", ASKED).stdout

    assert said.startswith("BAD 这台电脑的 Python 算不了 SM3 指纹")
