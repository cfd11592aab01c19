"""Logs are turned over by day and size, nothing written is lost, and half a year stays whatever the disk says."""

import gzip
import os
from datetime import UTC, datetime, timedelta

import pytest

from models.files import logs

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path):
    """A log that somebody has open, as `shifan up` opens it."""
    with (tmp_path / "serve.log").open("ab", buffering=0) as writer:
        writer.write(b"first\n")
        yield tmp_path, writer


def packed(folder) -> list[bytes]:
    return [gzip.decompress(file.read_bytes()) for file in sorted(folder.glob("*.log.gz"))]


def test_a_log_of_today_goes_on_and_the_next_day_begins_a_new_one(folder):
    place, writer = folder
    assert logs.turn_over(place / "serve.log", NOW) is None
    assert logs.turn_over(place / "serve.log", NOW + timedelta(hours=3)) is None
    made = logs.turn_over(place / "serve.log", NOW + DAY)
    writer.write(b"second\n")

    assert made.name == "serve-20260521-020000.log.gz"
    assert packed(place) == [b"first\n"]
    assert (place / "serve.log").read_bytes() == b"second\n"
    assert logs.turn_over(place / "serve.log", NOW + DAY) is None


def test_a_log_that_is_too_large_is_turned_over_at_once(folder, monkeypatch):
    place, writer = folder
    monkeypatch.setattr(logs, "LARGEST", 100)
    logs.turn_over(place / "serve.log", NOW)
    writer.write(b"x" * 200)
    assert logs.turn_over(place / "serve.log", NOW)
    assert packed(place) == [b"first\n" + b"x" * 200]


def test_nothing_younger_than_half_a_year_goes(folder):
    place, _ = folder
    for name, days in (
        ("server-1.log.gz", 181),
        ("server-2.log.gz", 179),
        ("error-a.txt", 181),
        ("error-b.txt", 1),
    ):
        (place / name).write_bytes(b"")
        then = (NOW - days * DAY).timestamp()
        os.utime(place / name, (then, then))
    (place / "another.txt").write_text("not ours")
    logs.turn_over(place / "serve.log", NOW)

    assert {file.name for file in place.glob("[!.]*")} == {
        "serve.log", "server-2.log.gz", "error-b.txt", "another.txt"
    }  # fmt: skip
    assert logs.bytes_of_logs(place) >= len(b"first\n")


def test_what_a_kill_left_half_packed_goes_the_next_time(folder):
    place, _ = folder
    (place / ".serve-20260520-010000.log.gz.draft").write_bytes(b"half")
    (place / ".server-20260520-010000.log.gz.draft").write_bytes(b"another's, who is at it")
    logs.turn_over(place / "serve.log", NOW)

    left = {file.name for file in place.glob(".*")}
    assert left == {".serve.log.begun", ".server-20260520-010000.log.gz.draft"}


def test_what_is_packed_nobody_else_reads(folder):
    place, _ = folder
    before = os.umask(0o077)
    logs.turn_over(place / "serve.log", NOW)
    made = logs.turn_over(place / "serve.log", NOW + DAY)
    os.umask(before)
    assert made.stat().st_mode & 0o777 == 0o600


def test_a_log_that_is_written_to_all_the_while_is_not_cut_off(folder, monkeypatch):
    place, writer = folder
    logs.turn_over(place / "serve.log", NOW)
    copy = logs.shutil.copyfileobj

    def copied_while_more_comes(source, packed):
        copy(source, packed)
        writer.write(b"more\n")

    monkeypatch.setattr(logs.shutil, "copyfileobj", copied_while_more_comes)
    assert logs.turn_over(place / "serve.log", NOW + DAY) is None
    assert (place / "serve.log").read_bytes().startswith(b"first\nmore\n")
    assert not list(place.glob("*.gz")) + list(place.glob(".*.draft"))


def test_a_log_that_cannot_be_packed_goes_on_as_it_is(folder):
    place, _ = folder
    logs.turn_over(place / "serve.log", NOW)
    (place / "serve-20260521-020000.log.gz").mkdir()  # in the way
    assert logs.turn_over(place / "serve.log", NOW + DAY) is None
    assert (place / "serve.log").read_bytes() == b"first\n"
    assert not list(place.glob(".*.draft"))
