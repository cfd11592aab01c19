"""A rehearsal touches nothing of the office's, leaves nothing behind, and says the same of the same facts."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.database import open_session
from models.database import run as query
from models.errors import CampaignError
from models.settings import moment_of, settings
from tasks.rehearsal.asked import AskedRehearsal
from tasks.rehearsal.keeping import files_of, result_of
from tasks.rehearsal.rehearsing import rehearse
from tasks.rehearsal.walker import WATCHED
from tests.conftest import ON_BOTH
from tests.places import ROOT

NOW = moment_of(datetime(2025, 6, 3, 0, 0, tzinfo=UTC))
SHORT = AskedRehearsal("jc", date(2025, 6, 3), date(2025, 6, 6))


@pytest.fixture
def scratch_folder(tmp_path, monkeypatch) -> Path:
    """Where rehearsals make their folders, and nobody else."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def bytes_of(folder: Path) -> dict[str, str]:
    """Return a sum of every file below ``folder`` that holds anything, but for the index of SQLite's log.

    Whoever looks at a database that nobody has open, makes an empty log beside it meanwhile.
    """
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm") and path.stat().st_size
    }


def test_nothing_of_the_office_is_changed_and_nothing_is_left_behind(campaign, scratch_folder):
    before = bytes_of(settings().home)

    found = rehearse(SHORT, NOW)

    assert found.messages
    assert bytes_of(settings().home) == before
    assert list(scratch_folder.iterdir()) == []


def test_it_reads_beside_somebody_who_is_writing(campaign, scratch_folder):
    with open_session() as session:
        query(session, "UPDATE campaign SET issuer = '别处' WHERE slug = 'jc'")
        before = bytes_of(settings().home)
        found = rehearse(SHORT, NOW)
        assert bytes_of(settings().home) == before

    assert found.messages


@ON_BOTH
def test_a_campaign_is_rehearsed_from_either_database(campaign, scratch_folder):
    found = rehearse(SHORT, NOW)

    assert (found.slug, found.first, found.last) == ("jc", date(2025, 6, 3), date(2025, 6, 6))
    assert {one.day for one in found.messages} <= {one.day for one in found.days}
    assert found.assumed


def test_the_same_plan_gives_the_same_bytes(database, scratch_folder, monkeypatch):
    asked = AskedRehearsal("jinchang-2025", None, date(2025, 6, 20), "on-time")
    first = files_of(result_of(rehearse(asked, NOW), None))
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    second = files_of(result_of(rehearse(asked, NOW), None))

    assert first == second
    assert json.loads(first["演练.json"])["messages"]


def test_no_code_no_personal_link_and_no_fingerprint_is_in_it(campaign, scratch_folder):
    asked = AskedRehearsal("jc", date(2025, 6, 3), date(2025, 6, 20), "on-time")
    found = rehearse(asked, NOW)

    [code] = [one for one in found.messages if one.secret]
    assert "＊＊＊＊＊＊" in code.body
    assert not any("/in/" in one.body or "末条指纹 " in one.body for one in found.messages)
    assert [one.answer for one in found.questions] == ["强制推进"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (AskedRehearsal("没有的"), "找不到文件或方案包"),
        (AskedRehearsal("jc", date(2025, 7, 1), date(2025, 6, 1)), "不能到更早的"),
        (AskedRehearsal("jc", date(2025, 6, 3), date(2028, 7, 1)), "最多三年"),
        (AskedRehearsal("jc", date(2025, 6, 3), date(2025, 6, 4), "没有.yaml"), "--pace 写"),
    ],
)
def test_what_cannot_be_rehearsed_is_said_in_one_line(campaign, scratch_folder, asked, words):
    with pytest.raises(CampaignError, match=words):
        rehearse(asked, NOW)
    assert list(scratch_folder.iterdir()) == []


def test_it_does_not_begin_before_the_last_patrol(campaign, scratch_folder):
    from tasks.patrol.patrol import patrol_campaign
    from tests.support.deciding import noon

    patrol_campaign("jc", moment_of(noon(date(2025, 6, 10))))

    with pytest.raises(CampaignError, match="已经巡查到 2025-06-10"):
        rehearse(SHORT, NOW)
    later = AskedRehearsal("jc", None, date(2025, 6, 12))
    assert rehearse(later, NOW).first == date(2025, 6, 10)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_in_the_middle_it_leaves_nothing_behind(database, scratch_folder, tmp_path, how):
    command = [sys.executable, "-P", "-m", "tests.tasks.rehearsal.begun", "jinchang-2025"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    assert [one for one in scratch_folder.iterdir() if one.name.startswith(WATCHED)]

    process.send_signal(how)
    process.wait(20)
    process.stdout.close()

    deadline = time.monotonic() + 20
    while list(scratch_folder.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert list(scratch_folder.iterdir()) == []
