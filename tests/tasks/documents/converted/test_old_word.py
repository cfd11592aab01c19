"""What turns an old Word file into a new one leaves nothing behind, whatever ends it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tasks.documents.checks import DocumentError
from tasks.documents.converted.old_word import FOLDER, from_doc
from tasks.documents.own_folder import STALE_SECONDS
from tasks.guarded.guard import ROOT
from tests.support.old_word import old_word

SLOW = """
import time
from pathlib import Path

def convert(source, target, limits):
    Path(source).with_name("begun").touch()
    time.sleep(1)
    target.write_bytes(b"made")
"""
LARGE = """
def convert(source, target, limits):
    target.write_bytes(bytes(1000))
    with open(target, "ab") as file:
        file.truncate(600_000_000)
"""
LIMITS = "class CompoundFileLimits:\n    def __init__(self, **given): pass\n"
PROGRAM = "import sys\nsys.path.insert(0, {!r})\nfrom tasks.documents.converted.old_word import from_doc\n"


@pytest.fixture
def temporary(tmp_path, monkeypatch) -> Path:
    """The folder of the system for such."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    return tmp_path / "tmp"


@pytest.fixture
def in_its_place(tmp_path, monkeypatch):
    """Put a module of a few lines in the place of the library."""

    def put(lines: str) -> None:
        (tmp_path / "doc2docx" / "cfb").mkdir(parents=True)
        (tmp_path / "doc2docx" / "__init__.py").write_text(lines, encoding="utf-8")
        (tmp_path / "doc2docx" / "cfb" / "__init__.py").write_text(LIMITS, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))

    return put


def until(done) -> None:
    end = time.monotonic() + 20
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
    assert done()


def test_nothing_stays_behind_when_we_are_killed(tmp_path, temporary, in_its_place):
    in_its_place(SLOW)
    program = PROGRAM.format(str(tmp_path)) + "from_doc(b'x', '方案.doc')\n"
    ours = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    until(lambda: list(temporary.glob("*/begun")))

    ours.kill()
    ours.wait()

    until(lambda: not list(temporary.iterdir()))


def test_what_a_power_cut_left_goes_with_a_later_one(temporary):
    old, young = (temporary / f"{FOLDER}{name}" for name in ("old", "young"))
    old.mkdir()
    young.mkdir()
    os.utime(old, (time.time() - STALE_SECONDS - 60,) * 2)

    from_doc(old_word("某县方案\r"), "方案.doc")

    assert list(temporary.iterdir()) == [young]


def test_it_writes_no_more_than_it_may(temporary, in_its_place):
    in_its_place(LARGE)

    with pytest.raises(DocumentError, match="方案.doc"):
        from_doc(b"x", "方案.doc")

    assert list(temporary.iterdir()) == []
