"""The vault: a name in it stands for the whole file, whatever happened on the way."""

import hashlib

import pytest

from models.errors import NotFoundError
from models.evidence.vault.keeping import (
    every_kept,
    is_kept,
    keep,
    keep_pieces,
    pieces_of,
    read_kept,
    vault,
)
from models.files.whole_file import FileFault


@pytest.mark.parametrize("content", [b"", b"one", b"x" * 3_000_000])
def test_a_file_lies_under_its_hash_and_is_read_back(database, content):
    kept = keep(content)

    assert kept == (kept.__class__(hashlib.sha256(content).hexdigest(), len(content), True))
    assert read_kept(kept.sha256, 3_000_000) == content
    assert [name for name, _ in every_kept()] == [kept.sha256]


def test_the_same_file_twice_is_there_once(database, tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"same")

    assert keep(b"same").new
    assert not keep_pieces(pieces_of(path)).new
    assert len(list(every_kept())) == 1


def test_a_break_on_the_way_leaves_nothing(database):
    def broken():
        yield b"half"
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        keep_pieces(broken())

    assert not list(every_kept())
    assert not list((vault() / "drafts").iterdir())


def test_what_is_gone_or_too_large_is_said(database):
    kept = keep(b"12345")

    with pytest.raises(FileFault):
        read_kept(kept.sha256, 4)
    with pytest.raises(NotFoundError, match="没有文件"):
        read_kept("0" * 64, 4)
    assert not is_kept("0" * 64)


def test_nobody_else_reads_the_vault(database):
    kept = keep(b"private")
    for path in (vault(), *dict(every_kept()).values()):
        assert not path.stat().st_mode & 0o077
    assert kept.new
