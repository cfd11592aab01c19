"""Drafts of the vault: what is not kept is gone, what is being written is left alone."""

from threading import Thread

import pytest

from models.evidence.vault.drafts import drafted, sweep_drafts
from models.evidence.vault.keeping import every_kept, is_kept, keep, vault


def lying() -> list[str]:
    return [one.name for one in (vault() / "drafts").iterdir()]


def test_a_draft_that_is_not_kept_is_gone(database):
    with drafted([b"one", b"two"]) as draft:
        assert len(lying()) == 1
        assert draft.size == 6

    assert lying() == []
    assert not is_kept(draft.sha256)


def test_a_draft_is_kept_once_and_what_is_there_stays(database):
    keep(b"onetwo")
    with drafted([b"one", b"two"]) as draft:
        assert [draft.keep().new, draft.keep().new] == [False, False]
    with drafted([b"three"]) as draft:
        assert [draft.keep().new, draft.keep().new] == [True, False]

    assert lying() == []
    assert len(list(every_kept())) == 2


def test_only_drafts_that_nobody_writes_are_swept(database):
    with drafted([b"one"]) as draft:
        (vault() / "drafts" / "left").write_bytes(b"half")
        assert sweep_drafts() == 1
        assert draft.keep().new

    assert is_kept(draft.sha256)
    assert sweep_drafts() == 0


def test_nothing_is_lost_while_others_sweep(database):
    done = []

    def sweep() -> None:
        while not done:
            sweep_drafts()

    sweeping = Thread(target=sweep)
    sweeping.start()
    try:
        kept = [keep(f"file {number}".encode()) for number in range(200)]
    finally:
        done.append(True)
        sweeping.join()

    assert all(one.new and is_kept(one.sha256) for one in kept)


def test_a_break_while_a_draft_is_written_leaves_nothing(database):
    with pytest.raises(ZeroDivisionError), drafted(1 // n * b"x" for n in (1, 0)):
        raise AssertionError

    assert lying() == []
