"""A draft has its name when all is well, is nobody else's meanwhile, and never stays after a fault."""

import errno
import subprocess
import sys

import pytest

from models.errors import PlanError
from models.files.held_draft import held_draft, sweep_held

BOTH = pytest.mark.parametrize("folder", [False, True])


def fill(draft, content=b"1"):
    (draft.path / "甲.txt" if draft.folder else draft.path).write_bytes(content)


@BOTH
def test_it_has_its_name_when_the_block_ends_well_and_two_do_not_meet(tmp_path, folder):
    out = tmp_path / "包"
    with held_draft(out, folder=folder) as draft:
        fill(draft)
        assert not out.exists()
        with pytest.raises(PlanError, match="正在由另一个命令生成"), held_draft(out, folder=folder):
            pass
    with pytest.raises(PlanError, match="已经存在"), held_draft(out, folder=folder):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["包"]


@BOTH
def test_a_fault_takes_the_draft_and_its_parts_away(tmp_path, folder):
    with (
        pytest.raises(OSError, match="满"),
        held_draft(tmp_path / "包", folder=folder) as draft,
        draft.parts() as place,
    ):
        fill(draft)
        (place / "说明.txt").write_text("甲")
        raise OSError(errno.ENOSPC, "满")
    assert not list(tmp_path.iterdir())


KILLED = """
import os, signal, sys
from pathlib import Path
from models.files.held_draft import held_draft
with held_draft(Path(sys.argv[1])) as draft, draft.parts() as place:
    draft.path.write_text("half")
    (place / "a").write_text("b")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(out):
    subprocess.run([sys.executable, "-c", KILLED, str(out)], check=False)
    return sorted(p.name for p in out.parent.iterdir())


def test_what_a_kill_left_is_taken_over_by_the_next_run(tmp_path):
    out = tmp_path / "包.zip"
    assert killed(out) == [".包.zip.draft", ".包.zip.parts"]

    with held_draft(out) as draft, draft.parts() as place:
        assert not list(place.iterdir())
        fill(draft)

    assert out.read_bytes() == b"1"
    assert list(tmp_path.iterdir()) == [out]


def test_what_a_kill_left_is_swept_and_what_somebody_holds_is_not(tmp_path):
    killed(tmp_path / "昨天.zip")
    with held_draft(tmp_path / "今天.zip") as draft:
        fill(draft)
        sweep_held(tmp_path)
        assert [p.name for p in tmp_path.iterdir()] == [draft.path.name]


def test_long_names_that_begin_alike_have_drafts_of_their_own(tmp_path):
    one, two = (tmp_path / f"{'长' * 60}{n}" for n in (1, 2))
    with held_draft(one) as first, held_draft(two) as second:
        fill(first)
        fill(second, b"2")
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
