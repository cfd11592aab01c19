"""A round of the watched folder is killed by the system at any point: nothing is lost or doubled."""

import os
import signal
import subprocess
import sys

import pytest

from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.database import open_session
from models.evidence.vault.keeping import is_kept
from tasks.intake.folder import collect_folder, inbox
from tests.conftest import ON_BOTH
from tests.places import ROOT
from tests.tasks.intake.test_folder import later, left, put, returned
from tests.tasks.intake.test_importing import UNITS, filled, pieces, sent
from tests.tasks.intake.test_receiving import rows

__all__ = ["sent"]  # a fixture

# A round that is killed at the nth of: kept originals, statements that write, commits, files that leave.
CHILD = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from tasks.intake import folder, receiving
from tests.tasks.intake.test_folder import later

what, at = sys.argv[1], int(sys.argv[2])
seen = 0

def count(*_):
    global seen
    seen += 1
    if seen == at:
        os.kill(os.getpid(), signal.SIGKILL)

def writes(conn, cursor, statement, *_):
    if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE"):
        count()

def counted(real):
    def done(*given):
        count()
        return real(*given)
    return done

if what == "statement":
    event.listen(Engine, "before_cursor_execute", writes)
if what == "commit":
    event.listen(Engine, "commit", count)
if what == "kept":
    receiving.keep = counted(receiving.keep)
if what == "leaving":
    folder.take_away = counted(folder.take_away)
if what == "note":
    folder.write_note = counted(folder.write_note)
folder.collect_folder(later())
"""


@ON_BOTH
@pytest.mark.parametrize(
    ("what", "at"),
    [("kept", 2), ("statement", 3), ("commit", 1), ("commit", 3), ("note", 1), ("leaving", 2)],
)
def test_a_round_killed_by_the_system_goes_on_where_it_ended(
    campaign, campaign_id, sent, what: str, at: int
):
    filled(sent, UNITS[0], inbox() / UNITS[0], state="办完了")
    put("空.txt", b"")

    child = subprocess.run(
        [sys.executable, "-c", CHILD, what, str(at)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "."},
        check=False,
        timeout=120,
    )
    assert child.returncode == -signal.SIGKILL
    done = collect_folder(later())

    assert (done.faults, left()) == ([], [])
    assert len(pieces(campaign_id)) == 1
    assert sorted(one.outcome for one in rows()) == ["partly", "refused", "taken"]
    assert all(is_kept(one.sha256) for one in rows() if one.outcome != "refused")
    names = returned()
    assert len(names) == len(set(names)) == 4
    with open_session(read_only=True) as session:
        assert check_chain(session, audit_key()).lines == []
