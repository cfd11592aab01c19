"""A file of heads that was kept elsewhere and brought back, whatever it has become."""

import json
import os
import subprocess
import sys
import time

import pytest

from models.audit.chain import NewEntry, record
from models.audit.heads_file import HEADS_FILE, head_facts, heads_in
from models.database import open_session
from models.errors import DatabaseError, NotFoundError
from models.files.home_key import home_key
from models.settings import moment_of, settings
from tasks.audit.chain import TORN, keep_todays_head, todays_head, verify
from tests.conftest import NOW, TODAY


@pytest.fixture
def facts(campaign):
    return head_facts(todays_head(moment_of(NOW, TODAY)))


def test_a_head_that_was_kept_is_read_alone_or_in_a_list(facts, tmp_path):
    (tmp_path / "one").write_text(json.dumps({"head": facts}, indent=1), encoding="utf-8-sig")
    (tmp_path / "many").write_text(json.dumps(facts) + "\n" + json.dumps(facts) + "\n")

    for name in ("one", "many"):
        assert verify(tmp_path / name).broken is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day", "10000-01-01"),
        ("at", "x"),
        ("entries", -1),
        ("entries", 2**63),
        ("entries", float("inf")),
        ("last_id", "²"),
        ("hash", "\ud83d" + "0" * 63),
        ("signature", "长" * 64),
        ("signature", None),
    ],
)
def test_a_head_that_was_tampered_with_is_told_in_one_line(facts, tmp_path, name, value):
    (tmp_path / "heads").write_text(json.dumps(facts | {name: value}))

    with pytest.raises(NotFoundError, match="没有可以读的链头"):
        verify(tmp_path / "heads")


def test_what_is_no_file_of_heads_is_told_in_one_line(facts, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "deep").write_text("[" * 3000)
    (tmp_path / "latin").write_bytes(b"\xff\xfe\xfd")

    for name, says in (
        ("pipe", "不是文件"),
        (".", "不是文件"),
        ("none", "找不到"),
        ("deep", "没有可以读的链头"),
        ("latin", "没有可以读的链头"),
    ):
        with pytest.raises(NotFoundError, match=says):
            verify(tmp_path / name)


@pytest.mark.parametrize("kept", ["", "\n", "ab12", "z" * 64, "f" * 63])
@pytest.mark.parametrize("name", ["audit.key", "code.key"])
def test_an_empty_or_torn_key_is_told_apart_from_tampering(campaign, name, kept):
    (settings().home / name).write_text(kept)
    (settings().home / name).chmod(0o600)

    with pytest.raises(DatabaseError, match="不说明记录被改动"):
        home_key(name)


def grown(number: int) -> None:
    with open_session() as session:
        record(session, None, moment_of(NOW, TODAY), NewEntry("a", "b", str(number), {}))
    keep_todays_head(moment_of(NOW, TODAY))


def test_a_torn_last_line_is_a_warning_and_is_mended_by_the_next_head(campaign):
    grown(1)
    path = settings().home / HEADS_FILE
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:100])

    checked = verify()
    assert (checked.lines, checked.warnings) == ([], [TORN])
    grown(2)
    assert not verify().warnings
    assert path.read_bytes().startswith(whole)
    assert path.read_bytes().count(b"\n") == 2


def test_a_torn_line_in_the_middle_is_no_power_cut(campaign):
    grown(1)
    path = settings().home / HEADS_FILE
    path.write_bytes(path.read_bytes()[:100] + b"\n" + path.read_bytes())

    with pytest.raises(NotFoundError, match="可能被改动过"):
        verify()


KILLED_WHILE_WRITING = """
import os, sys
from pathlib import Path
from models.audit import heads_file
from models.audit.heads import AuditHead
from tests.conftest import NOW, TODAY

def head(n):
    return AuditHead(day=TODAY, at=NOW, entries=n, last_id=n, hash=f"{n:064x}", signature="0" * 64)

n = 0
while True:
    n += 1
    heads_file.add_head(Path(sys.argv[1]), head(n))
    if n == 1:
        print("begun", flush=True)
"""


def test_a_kill_at_any_moment_leaves_whole_lines(tmp_path):
    path, before = tmp_path / HEADS_FILE, 0
    for delay in (0.001, 0.02, 0.05, 0.003):
        writer = subprocess.Popen(
            [sys.executable, "-c", KILLED_WHILE_WRITING, str(path)], stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(delay)
        writer.kill()
        writer.wait()
        writer.stdout.close()
        found = heads_in(path, missing_ok=False)
        assert not found.torn
        assert path.read_bytes().endswith(b"\n")
        assert len(found.heads) > before
        before = len(found.heads)
