"""A file of heads that was kept elsewhere and brought back, whatever it has become."""

import json
import os
import signal
import time
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from models.audit.chain import NewEntry, record
from models.audit.heads import AuditHead
from models.audit.heads_file import HEADS_FILE, add_head, head_facts, heads_in
from models.database import open_session
from models.errors import DatabaseError, NotFoundError
from models.files.home_key import home_key
from models.settings import moment_of, settings
from tasks.audit.chain import TORN, keep_todays_head, todays_head, verify
from tests.conftest import NOW, TODAY
from tests.support.forked import begun


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


def writes_for_ever(path: Path, said: int, first: int) -> None:
    """Write head after head from number ``first`` on; say into the pipe ``said`` when that one is there."""
    for n in count(first):
        of_a_day = {"day": TODAY, "at": NOW, "entries": n, "last_id": n}
        add_head(path, AuditHead(**of_a_day, hash=f"{n:064x}", signature="0" * 64))
        if n == first:
            os.write(said, b"begun")


def test_a_kill_at_any_moment_leaves_whole_lines(tmp_path):
    path, before = tmp_path / HEADS_FILE, 0
    for delay in (0.001, 0.02, 0.05, 0.003):
        heard, said = os.pipe()
        # A head that stands last already would not be added: each writer goes on behind the one before it.
        writer = begun(partial(writes_for_ever, path, said, before + 1))
        os.close(said)
        assert os.read(heard, 5) == b"begun"
        os.close(heard)
        time.sleep(delay)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        found = heads_in(path, missing_ok=False)
        assert not found.torn
        assert path.read_bytes().endswith(b"\n")
        assert len(found.heads) > before
        before = len(found.heads)
