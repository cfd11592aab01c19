"""A round of the watched folder is killed by the system at any point: nothing is lost or doubled."""

import os
import signal
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.database import open_session
from models.evidence.vault.keeping import is_kept
from tasks.intake import folder, receiving
from tasks.intake.folder import collect_folder, inbox
from tests.conftest import ON_BOTH
from tests.support.forked import forked
from tests.tasks.intake.test_folder import later, left, put, returned
from tests.tasks.intake.test_importing import UNITS, filled, pieces, sent
from tests.tasks.intake.test_receiving import rows

__all__ = ["sent"]  # a fixture


def round_killed(what: str, at: int) -> None:
    """Do a round that is killed at the nth of: kept originals, statements that write, commits, files that leave."""
    seen = count(1)

    def counted(*_: object) -> None:
        if next(seen) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def writes(_connection: Any, _cursor: Any, statement: str, *_: object) -> None:
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE"):
            counted()

    def after_count(real: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any) -> Any:
            counted()
            return real(*given)

        return done

    if what == "statement":
        event.listen(Engine, "before_cursor_execute", writes)
    if what == "commit":
        event.listen(Engine, "commit", counted)
    if what == "kept":
        receiving.keep = after_count(receiving.keep)
    if what == "leaving":
        folder.take_away = after_count(folder.take_away)
    if what == "note":
        folder.write_note = after_count(folder.write_note)
    collect_folder(later())


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

    assert forked(lambda: round_killed(what, at)) == -signal.SIGKILL
    done = collect_folder(later())

    assert (done.faults, left()) == ([], [])
    assert len(pieces(campaign_id)) == 1
    assert sorted(one.outcome for one in rows()) == ["partly", "refused", "taken"]
    assert all(is_kept(one.sha256) for one in rows() if one.outcome != "refused")
    names = returned()
    assert len(names) == len(set(names)) == 4
    with open_session(read_only=True) as session:
        assert check_chain(session, audit_key()).lines == []
