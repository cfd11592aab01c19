"""What comes back from the watched folder, and what a hostile or crowded folder does to a round."""

import errno
import hashlib
import os
from pathlib import Path
from threading import Thread

import pytest
from openpyxl import load_workbook

from models.evidence.vault.keeping import every_kept, is_kept
from models.files.home import home
from tasks.intake import folder, lying
from tasks.intake.folder import FolderRound, collect_folder, inbox
from tasks.intake.lying import pieces_held
from tests.tasks.intake.test_folder import later, left, put, returned
from tests.tasks.intake.test_importing import UNITS, filled, pieces, sent
from tests.tasks.intake.test_receiving import rows

__all__ = ["sent"]  # a fixture
pytestmark = pytest.mark.usefixtures("campaign")


def notes() -> list[str]:
    found = (home() / "退回").rglob("*退回说明*.txt")
    return sorted(path.read_text("utf-8-sig") for path in found)


def test_a_faulty_ledger_comes_back_marked_with_a_note_and_its_good_rows_are_in(campaign_id, sent):
    ledger, _ = filled(sent, UNITS[0], inbox() / UNITS[0], state="办完了")

    done = collect_folder(later())

    assert (done.taken, done.returned, done.faults, left()) == (2, 1, [], [])
    assert len(pieces(campaign_id)) == 1
    copy, note = returned()
    assert copy.startswith(f"{ledger.stem}-退回-")
    assert note == f"{UNITS[0]}_{ledger.stem}.xlsx-退回说明.txt"
    [path] = (home() / "退回").rglob("*-退回-*.xlsx")
    assert "办完了" in {c.value for row in load_workbook(path)["台账"].iter_rows() for c in row}
    assert "状态" in notes()[0]
    [row] = [one for one in rows() if one.kind == "ledger"]
    assert row.returned_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert is_kept(row.returned_sha256)


def test_killed_before_the_copy_lies_in_the_folder_it_is_written_again(
    campaign_id, sent, monkeypatch
):
    filled(sent, UNITS[0], inbox() / UNITS[0], state="办完了")
    with monkeypatch.context() as patch:
        patch.setattr(folder, "_let_go", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            collect_folder(later())
    assert returned() == []

    collect_folder(later())

    assert (left(), len(returned()), len(pieces(campaign_id))) == ([], 2, 1)


def test_two_files_of_one_name_each_have_their_own_note_and_none_is_overwritten():
    put("空.txt", b"")
    collect_folder(later())
    put("空.txt", b"MZ" + bytes(90))
    collect_folder(later())

    first, second = notes()
    assert ("空文件" in first) != ("空文件" in second)
    assert len(returned()) == 4


def test_the_same_file_again_on_one_day_writes_its_note_once():
    for _ in range(2):
        put("空.txt", b"")
        collect_folder(later())

    assert len(notes()) == 1


def test_what_cannot_be_renamed_to_another_disk_is_copied_whole(monkeypatch):
    put("空.txt", b"")
    put("程序.exe", b"MZ" + bytes(90))
    (inbox() / "链接").symlink_to("/etc/passwd")
    os.mkfifo(inbox() / "管道")
    real = Path.rename

    def across(self: Path, target: Path) -> Path:
        if self.parent == inbox() and Path(target).parent != self.parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", across)
    done = collect_folder(later())

    assert (done.faults, left()) == ([], [])
    assert {"空.txt", "程序.exe", "链接"} < set(returned())
    [link] = (home() / "退回").rglob("链接")
    assert link.is_symlink()
    [program] = (home() / "退回").rglob("程序.exe")
    assert program.read_bytes() == b"MZ" + bytes(90)


def test_names_of_255_bytes_are_taken_and_returned():
    put("甲" * 83 + "ab.txt")
    put("乙" * 83 + "ab.txt", b"")

    done = collect_folder(later())

    assert (done.taken, done.returned, done.faults, left()) == (1, 1, [], [])


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EROFS, "只能读"), (errno.EACCES, "没有权限"), (errno.ENOSPC, "已满")],
)
def test_a_file_that_cannot_leave_is_named_in_one_line_and_the_others_go_on(
    monkeypatch, number, words
):
    for name in ("批/甲.txt", "批/乙.txt"):
        put(name, name.encode())
    real = folder.take_away

    def stuck(path: Path, looks: os.stat_result) -> None:
        if path.name == "甲.txt":
            raise OSError(number, os.strerror(number), str(path))
        real(path, looks)

    monkeypatch.setattr(folder, "take_away", stuck)
    done = collect_folder(later())

    [fault] = done.faults
    assert fault.startswith("批/甲.txt 移不出收件文件夹") and words in fault
    assert str(home()) not in done.line and "Errno" not in done.line
    assert left() == ["批", "批/甲.txt"]


def test_a_secret_that_cannot_leave_is_not_called_by_its_name(monkeypatch):
    put("【机密】方案.txt")

    def stuck(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(folder, "take_away", stuck)

    assert "方案" not in collect_folder(later()).line


def test_a_folder_that_cannot_be_opened_is_named(monkeypatch):
    put("锁/说明.txt")
    put("说明.txt", b"2")
    real = os.scandir

    def locked(path: Path) -> object:
        if Path(path).name == "锁":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", locked)
        done = collect_folder(later())

    assert done.faults == ["锁 打不开（没有权限），没有收"]
    assert done.taken == 1


def test_a_file_that_is_written_while_it_is_read_waits(monkeypatch):
    path = put("说明.txt", b"1" * 10)
    real = os.read

    def written(handle: int, length: int) -> bytes:
        with path.open("ab") as file:
            file.write(b"2")
        return real(handle, length)

    with monkeypatch.context() as patch:
        patch.setattr("models.files.whole_file.os.read", written)
        done = collect_folder(later())

    assert (done.waiting, done.taken, left(), returned()) == (1, 0, ["说明.txt"], [])


def test_of_a_batch_too_large_for_one_go_the_ledger_still_finds_what_it_names(
    campaign_id, sent, monkeypatch
):
    ledger, _ = filled(sent, UNITS[0], inbox() / UNITS[0], file="最后.txt")
    for number in range(5):
        put(f"{UNITS[0]}/{number}.txt", f"{number}".encode())
    monkeypatch.setattr(lying, "MOST_IN_PIECE", 2)
    [batch] = lying.what_lies_in(inbox()).batches
    assert [len(piece) for piece in pieces_held(batch)] == [2, 2, 2, 1]
    with monkeypatch.context() as patch:  # killed when half of it is in, all of it is there again
        real = folder.receive

        def killed(slug: object, files: list, moment: object, **more: object) -> object:
            if any(one.name.endswith(ledger.name) for one in files):
                raise KeyboardInterrupt
            return real(slug, files, moment, **more)

        patch.setattr(folder, "receive", killed)
        with pytest.raises(KeyboardInterrupt):
            collect_folder(later())
    assert len(left()) == 8

    done = collect_folder(later())

    assert (done.taken, done.returned, left()) == (7, 0, [])
    assert len(pieces(campaign_id)) == 1


def test_a_batch_is_not_cut_where_a_round_is_full(monkeypatch):
    for number in range(3):
        put(f"甲/{number}.txt", f"{number}".encode())
    put("乙.txt", b"x")
    monkeypatch.setattr(lying, "MOST", 2)
    heard: list[tuple[int, int]] = []

    done = collect_folder(later(), tell=lambda looked, of: heard.append((looked, of)))

    assert (done.taken, done.waiting) in {(4, 0), (3, 1)}
    assert heard[-1][0] == heard[-1][1]
    collect_folder(later())
    assert left() == []


def test_two_rounds_at_once_take_each_file_once_and_say_no_fault():
    for number in range(12):
        put(f"{number}.txt", f"{number}".encode() if number % 3 else b"")
    done: list[FolderRound] = []
    rounds = [Thread(target=lambda: done.append(collect_folder(later()))) for _ in range(2)]
    for one in rounds:
        one.start()
    for one in rounds:
        one.join()

    assert [one.faults for one in done] == [[], []]
    assert left() == []
    assert len(list(every_kept())) == 8
    assert [row.outcome for row in rows() if row.size] == ["taken"] * 8
