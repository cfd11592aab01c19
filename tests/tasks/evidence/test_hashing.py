"""Large files are read once at hand-in; of a secret or known one no draft is made."""

from pathlib import Path

import pytest

from models.errors import ProgressError
from models.evidence.vault.keeping import every_kept, is_kept
from tasks.evidence import hashing, looking
from tests.support.evidence import first_item, handed, lines, piece
from tests.support.recordings import film as recording

HEAD = recording(first=True)[:-72] + b"\0\0\0\0mdat"  # to the end of the file


@pytest.fixture
def drafts(monkeypatch) -> list[Path]:
    """The files that drafts were made of."""
    made: list[Path] = []
    pieces_of = hashing.pieces_of

    def counted(path):
        made.append(path)
        return pieces_of(path)

    monkeypatch.setattr(hashing, "pieces_of", counted)
    return made


def film(folder: Path, name: str = "录像.mp4", size: int = 5_000_000) -> Path:
    path = folder / name
    path.write_bytes(HEAD + bytes(size))
    return path


def given(path: Path, title: str = "录像"):
    items = (f"{first_item().code}#1",)
    return piece(title, items=items, content=None, path=path, file_name=path.name)


def test_a_large_file_is_read_once_and_again_it_is_only_hashed(campaign, tmp_path, drafts):
    path = film(tmp_path)
    [taken] = handed(given(path))
    assert drafts == [path]
    assert is_kept(lines()[0].sha256)

    [again] = handed(given(path))
    assert (taken.code, again.code, again.changed) == ("E0001", "E0001", False)
    assert drafts == [path, path]  # hashed where it lies
    assert len(list(every_kept())) == 1


def test_a_large_file_that_grew_is_a_new_revision(campaign, tmp_path):
    handed(given(film(tmp_path)))
    [second] = handed(given(film(tmp_path, size=5_000_001)))
    [third] = handed(given(film(tmp_path, size=5_000_001), "另一次"))

    assert (second.code, third.code) == ("E0002", "E0003")
    assert [finding.check for finding in third.findings] == ["same-file"]


def test_two_pieces_of_one_large_file_keep_it_once(campaign, tmp_path, drafts):
    path = film(tmp_path)
    both = handed(given(path, "甲"), given(path, "乙"))

    assert [one.refused for one in both] == ["", ""]
    assert len(list(every_kept())) == len(drafts) == 1


def test_of_a_large_file_with_a_mark_in_its_name_no_draft_is_made(campaign, tmp_path, monkeypatch):
    monkeypatch.setattr(hashing, "drafted", lambda _: pytest.fail("a draft of a secret"))
    [taken] = handed(given(film(tmp_path, "【机密】录像.mp4")))

    assert taken.secret
    assert list(every_kept()) == []


def test_what_is_refused_leaves_no_draft(campaign, tmp_path):
    path = film(tmp_path)
    one = piece("录像", items=("W9999",), content=None, path=path, file_name=path.name)
    [taken] = handed(one)

    assert taken.refused
    assert list(every_kept()) == []
    assert hashing.sweep_drafts() == 0


def test_a_file_that_is_written_to_after_it_was_examined_is_not_kept(
    campaign, tmp_path, monkeypatch
):
    path = tmp_path / "纪要.txt"
    path.write_text("会议纪要", encoding="utf-8")
    examine = looking.examine

    def then_written_to(files):
        for seen in examine(files):
            path.write_text("机密★1年", encoding="utf-8")  # what nobody looked at
            yield seen

    monkeypatch.setattr(looking, "examine", then_written_to)

    with pytest.raises(ProgressError, match="“纪要.txt”正在被改动，请等它保存完再试"):
        handed(given(path, "纪要"))

    assert (lines(), list(every_kept())) == ([], [])
