"""Handing in is killed at any point, or done twice at once: nothing is lost, half-written or doubled."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import select

from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.database import open_session
from models.evidence.evidence import Evidence, EvidenceRevision, EvidenceUse
from models.evidence.vault.keeping import every_kept, read_kept, vault
from tasks.evidence import hashing, looking
from tests.conftest import ON_BOTH
from tests.support.evidence import first_item, handed, lines, piece
from tests.support.forked import Forked, begun
from tests.support.recordings import film as recording


def child(what: str = "", at: int = 0, code: str = "", large: str = "") -> Forked:
    """Begin to hand in two files, and a third one that is large."""
    return begun(lambda: work(what, at, code, large))


def work(what: str, at: int, code: str, large: str) -> None:
    """Hand them in; killed before the nth statement, when the nth file is kept, when the nth piece of the
    large one is written, or it has its name."""
    seen = 0

    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(keep: Callable[..., object]) -> Any:
        def kept(*given: object) -> object:
            done = keep(*given)
            count()
            return done

        return kept

    def piece_by_piece(path: Path, pieces_of: Any = hashing.pieces_of) -> Iterator[bytes]:
        for one in pieces_of(path):
            yield one
            count()

    def writes(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE"):
            count()

    items = (f"{first_item().code}#1",)
    if what == "statement":
        event.listen(Engine, "before_cursor_execute", writes)
    if what == "commit":
        event.listen(Engine, "commit", count)
    if what == "file":
        looking.keep = counted(looking.keep)
    if what == "piece":
        hashing.pieces_of = piece_by_piece
    if what == "draft":
        hashing.FilesHanded.keep = cast(Any, count)
    if what == "kept":
        hashing.FilesHanded.keep = counted(hashing.FilesHanded.keep)
    small = [
        piece(t, items=items, content=f"{t}的全文在这里".encode(), code=code if t == "甲" else "")
        for t in ("甲", "乙")
    ]
    film = {"content": None, "path": Path(large), "file_name": "录像.mp4"}
    handed(*small, *([piece("丙", items=items, **film)] if large else []))


def whole(revisions: int) -> None:
    """Assert that both pieces are there once, with what they prove, and the chain is whole."""
    with open_session(read_only=True) as session:
        assert [one.title for one in session.exec(select(Evidence).order_by(Evidence.id))] == [
            "甲",
            "乙",
        ]
        assert len(session.exec(select(EvidenceRevision)).all()) == revisions
        assert len(session.exec(select(EvidenceUse)).all()) == 2
        assert check_chain(session, audit_key()).lines == []
    kept = {sha256 for sha256, _ in every_kept()}
    assert {line.sha256 for line in lines()} <= kept


def again() -> None:
    items = (f"{first_item().code}#1",)
    both = [piece(t, items=items, content=f"{t}的全文在这里".encode()) for t in ("甲", "乙")]
    assert all(not one.refused for one in handed(*both))


@ON_BOTH
@pytest.mark.parametrize(("what", "at"), [("file", 1), ("statement", 4), ("commit", 1)])
def test_killed_anywhere_the_same_again_is_whole(campaign, what, at):
    process = child(what, at)
    assert process.wait() == -signal.SIGKILL
    assert lines() == []  # nothing half-written

    again()
    again()  # and once more changes nothing
    whole(2)


def film(folder: Path) -> Path:
    """Return a recording that is copied while it is hashed."""
    path = folder / "录像.mp4"
    path.write_bytes(recording(data=b"film" * 1_500_000))
    return path


def drafts() -> list[Path]:
    return list((vault() / "drafts").iterdir())


@ON_BOTH
@pytest.mark.parametrize(("what", "at"), [("piece", 3), ("draft", 1), ("kept", 1), ("commit", 1)])
def test_a_large_file_that_is_killed_on_its_way_leaves_nothing_behind(campaign, tmp_path, what, at):
    path = film(tmp_path)
    assert child(what, at, large=str(path)).wait() == -signal.SIGKILL
    assert lines() == []
    assert what in ("kept", "commit") or drafts()

    again()
    assert drafts() == []
    whole(2)
    one = piece("丙", items=(f"{first_item().code}#1",), content=None, path=path)
    [taken] = handed(one)
    assert (taken.code, drafts()) == ("E0003", [])
    assert read_kept(lines()[2].sha256, 7_000_000) == path.read_bytes()
    assert len(list(every_kept())) == 3


@ON_BOTH
def test_the_same_large_file_twice_at_once_is_one(campaign, tmp_path):
    path = film(tmp_path)
    both = [child(large=str(path)), child(large=str(path))]

    assert [one.wait() for one in both] == [0, 0]
    assert [line.title for line in lines()] == ["甲", "乙", "丙"]
    assert (len(list(every_kept())), drafts()) == (3, [])
    assert read_kept(lines()[2].sha256, 7_000_000) == path.read_bytes()
    with open_session(read_only=True) as session:
        assert check_chain(session, audit_key()).lines == []


@ON_BOTH
def test_two_at_once_are_one(campaign):
    both = [child(), child()]

    assert [one.wait() for one in both] == [0, 0]
    whole(2)


@ON_BOTH
def test_the_same_new_file_twice_at_once_is_one_revision(campaign):
    items = (f"{first_item().code}#1",)
    handed(piece("甲", items=items, content=b"before"), piece("乙", items=items, content=b"b"))
    both = [child(code="E0001"), child(code="E0001")]

    assert [one.wait() for one in both] == [0, 0]
    assert [line.revision for line in lines()][0] == 2
    with open_session(read_only=True) as session:
        first = select(EvidenceRevision.number).where(EvidenceRevision.evidence_id == 1)
        assert sorted(session.exec(first)) == [1, 2]
        assert check_chain(session, audit_key()).lines == []
