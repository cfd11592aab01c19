import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.evidence.vault.keeping import every_kept
from models.files.home import home
from models.rules.calendar.moment import Moment
from models.settings import moment_of
from tasks.intake import folder, lying
from tasks.intake.folder import collect_folder, inbox
from tests.support.archives import zipped

pytestmark = pytest.mark.usefixtures("campaign")


def later() -> Moment:
    """Return a moment at which what was written just now lies still."""
    return moment_of(datetime.now(UTC) + timedelta(seconds=lying.QUIET + 5))


def put(name: str, content: bytes = b"1") -> Path:
    path = inbox() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def left() -> list[str]:
    return sorted(str(p.relative_to(inbox())) for p in inbox().rglob("*"))


def returned() -> list[str]:
    return sorted(p.name for p in (home() / "退回").rglob("*") if not p.is_dir())


def test_what_lies_still_is_taken_and_leaves_the_folder_with_its_sub_folder() -> None:
    put("市司法局/照片说明.txt", b"a")
    put("材料.zip", zipped(("说明.txt", b"b")))

    done = collect_folder(later())

    assert (done.taken, done.faults, left(), returned()) == (2, [], [], [])
    assert len(list(every_kept())) == 3


def test_what_is_still_being_written_waits_and_holds_its_batch() -> None:
    put("市司法局/新的.txt")

    done = collect_folder(moment_of(datetime.now(UTC)))

    assert (done.taken, done.waiting) == (0, 1)
    assert left() == ["市司法局", "市司法局/新的.txt"]


@pytest.mark.parametrize(
    "name", ["~$台账.xlsx", "a.tmp", "a.part", "a.crdownload", ".x", "Thumbs.db"]
)
def test_locks_and_drafts_are_left_alone(name: str) -> None:
    put(name)

    assert collect_folder(later()).taken == 0
    assert left() == [name]


def test_what_is_refused_goes_aside_with_a_note() -> None:
    put("空.txt", b"")
    (inbox() / "链接").symlink_to("/etc/passwd")
    os.mkfifo(inbox() / "管道")

    done = collect_folder(later())

    assert (done.returned, left()) == (3, [])
    assert returned() == [
        "空.txt", "空.txt-退回说明.txt", "管道", "管道-退回说明.txt", "链接", "链接-退回说明.txt"
    ]  # fmt: skip
    [note] = (home() / "退回").rglob("空.txt-*")
    assert "空文件" in note.read_text("utf-8-sig")
    assert not list(every_kept())


def test_a_secret_is_gone_and_its_name_with_it() -> None:
    put("【机密】方案.txt")

    done = collect_folder(later())

    assert (done.secret, left(), returned()) == (1, [], ["标密文件-退回说明.txt"])
    assert not list(every_kept())


def test_a_name_in_gbk_is_read() -> None:
    path = os.fsencode(inbox()) + b"/" + "台账.txt".encode("gbk")
    Path(os.fsdecode(path)).write_bytes(b"1")

    assert collect_folder(later()).taken == 1
    assert left() == []


def test_killed_before_a_file_leaves_it_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    put("说明.txt")
    with monkeypatch.context() as patch:
        patch.setattr(folder, "_let_go", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            collect_folder(later())

    assert left() == ["说明.txt"]
    assert collect_folder(later()).taken == 1
    assert (left(), len(list(every_kept()))) == ([], 1)


def test_a_file_that_was_replaced_meanwhile_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    path = put("说明.txt", b"old")
    real = folder.receive

    def replaced(*given: object, **more: object) -> object:
        found = real(*given, **more)  # type: ignore[arg-type]
        path.with_name("x").write_bytes(b"newer")
        path.with_name("x").rename(path)
        return found

    monkeypatch.setattr(folder, "receive", replaced)
    collect_folder(later())

    assert path.read_bytes() == b"newer"


def test_a_full_disk_leaves_everything_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    put("说明.txt")

    def full(_: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tasks.intake.receiving.keep", full)
    done = collect_folder(later())

    assert left() == ["说明.txt"]
    assert "请检查磁盘空间" in done.line


@pytest.mark.parametrize("lock", ["~$台账.xlsx", ".~lock.台账.xlsx#", "~$.xlsx"])
def test_what_somebody_has_open_waits_until_it_is_closed_or_its_lock_is_old(lock: str) -> None:
    put("市司法局/台账.xlsx", b"")
    mark = put(f"市司法局/{lock}")

    done = collect_folder(later())
    assert (done.taken, done.returned, done.waiting) == (0, 0, 1)
    assert collect_folder(later()).waiting == 1

    mark.unlink()
    assert collect_folder(later()).returned == 1


def test_a_lock_that_a_broken_program_left_holds_nothing_up_for_ever() -> None:
    put("台账.xlsx", b"")
    put("~$台账.xlsx")

    tomorrow = moment_of(datetime.now(UTC) + timedelta(days=1))

    assert (collect_folder(later()).waiting, collect_folder(tomorrow).returned) == (1, 1)


@pytest.mark.parametrize("there", ["nothing", "a file", "a link to nowhere"])
def test_a_folder_that_is_missing_is_made_and_one_that_is_none_is_said(there: str) -> None:
    inbox().rmdir()
    if there == "a file":
        (home() / "inbox").write_bytes(b"1")
    elif there == "a link to nowhere":
        (home() / "inbox").symlink_to(home() / "没有")

    done = collect_folder(later())

    assert bool(done.faults) == (there != "nothing")
    assert all("收件文件夹 inbox 打不开" in fault for fault in done.faults)
    assert "\n" not in done.line


def test_where_nothing_can_be_set_aside_each_file_stays_and_says_why() -> None:
    put("空.txt", b"")
    put("好.txt", b"abc")
    (home() / "退回").write_bytes(b"1")

    done = collect_folder(later())

    assert (done.taken, left()) == (1, ["空.txt"])
    [fault] = done.faults
    assert fault.startswith("空.txt 移不出收件文件夹")
