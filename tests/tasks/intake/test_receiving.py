import hashlib
from datetime import timedelta
from threading import Thread

import pytest
from sqlmodel import Session, select

from models.database import open_session
from models.evidence.intake.received import ReceivedFile
from models.evidence.vault.keeping import every_kept, is_kept
from models.notices.notice import Notice
from models.rules.evidence.words import Reception, Via
from models.rules.notices.rule_words import SECRET_FILE
from models.settings import moment_of
from tasks.intake.arrived import Arrived
from tasks.intake.belonging.campaigns import WAITS
from tasks.intake.belonging.settling import OF_NONE
from tasks.intake.receiving import receive
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.archives import zipped
from tests.support.packs import load_pack

MOMENT = moment_of(NOW, TODAY)
TEXT = ("说明.txt", "甲乙丙丁".encode())


def arrived(name: str, content: bytes, via: Via = Via.FOLDER) -> Arrived:
    digest = hashlib.sha256(content).hexdigest()
    return Arrived(name, content, "", via, NOW, f"{via}:{digest}", "一批")


def rows() -> list[ReceivedFile]:
    with open_session(read_only=True) as session:
        return [one.model_copy() for one in session.exec(select(ReceivedFile).order_by("id"))]


@ON_BOTH
def test_what_comes_in_is_kept_and_written_down_once(campaign: str) -> None:
    first = receive(campaign, [arrived(*TEXT)], MOMENT)
    again = receive(campaign, [arrived(*TEXT)], MOMENT)

    [row] = rows()
    assert is_kept(row.sha256)
    assert (row.outcome, row.kind, row.name) == ("taken", "evidence", TEXT[0])
    assert [one.reception for one in (*first, *again)] == [Reception.TAKEN, Reception.REPEATED]
    assert again[0].received_id == row.id


def test_two_at_once_write_one_row(campaign: str) -> None:
    runs = [Thread(target=receive, args=(campaign, [arrived(*TEXT)], MOMENT)) for _ in range(3)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()

    assert [row.outcome for row in rows()] == ["taken"]


def test_an_archive_is_kept_with_its_members_and_says_what_was_left(campaign: str) -> None:
    raw = zipped(TEXT, ("../外.txt", b"1"))

    member, whole = receive(campaign, [arrived("材料.zip", raw)], MOMENT)

    assert (member.name, member.reception) == ("材料.zip/说明.txt", Reception.TAKEN)
    assert whole.reception is Reception.PARTLY
    assert any("../外.txt" in line for line in whole.lines)
    assert [row.kind for row in rows()] == ["evidence", "archive"]
    assert all(is_kept(row.sha256) for row in rows())


@ON_BOTH
@pytest.mark.parametrize(
    "file", [("机密★方案.txt", b"1"), ("材料.zip", zipped(("【秘密】方案.txt", b"1")))]
)
def test_of_a_secret_only_hash_sender_and_hour_are_kept(
    campaign: str, file: tuple[str, bytes]
) -> None:
    results = receive(campaign, [arrived(*file)], MOMENT)
    receive(campaign, [arrived(*file)], MOMENT)

    assert not list(every_kept())
    assert {one.reception for one in results} == {Reception.SECRET}
    assert {(row.outcome, row.name, row.size) for row in rows()} == {("secret", "标密文件", 0)}
    with open_session(read_only=True) as session:
        told = list(session.exec(select(Notice).where(Notice.rule == SECRET_FILE)))
        assert len(told) == len(results)
        assert all(one.hold_until == NOW and "方案" not in one.words for one in told)


@pytest.mark.parametrize(
    ("content", "why"), [(b"", "空文件"), (b"MZ" + bytes(90), "程序"), (b"PK\x03\x04x", "没有取出")]
)
def test_what_is_no_material_is_refused_with_its_reason(
    campaign: str, content: bytes, why: str
) -> None:
    [one] = receive(campaign, [arrived("来件", content)], MOMENT)

    assert one.reception is Reception.REFUSED
    assert any(why in line for line in one.lines)


class _KilledError(BaseException):
    """A kill between two steps."""


@pytest.mark.parametrize("step", ["note_received", "_results", "settle_files"])
def test_killed_between_any_two_steps_the_same_files_go_on(
    campaign: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise _KilledError

    with monkeypatch.context() as patch:
        patch.setattr(f"tasks.intake.receiving.{step}", killed)
        with pytest.raises(_KilledError):
            receive(campaign, [arrived(*TEXT)], MOMENT)

    [one] = receive(campaign, [arrived(*TEXT)], moment_of(NOW + timedelta(hours=1), TODAY))

    assert one.reception is Reception.TAKEN
    assert [row.outcome for row in rows()] == ["taken"]


def test_the_statements_do_not_grow_with_the_files(
    campaign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for number in (1, 40):
        seen = []
        real = Session.connection

        def counted(self: Session, *args: object, **more: object) -> object:
            seen.append(1)  # noqa: B023
            return real(self, *args, **more)  # type: ignore[arg-type]  # noqa: B023

        with monkeypatch.context() as patch:
            patch.setattr(Session, "connection", counted)
            files = [arrived(f"{number}-{n}.txt", f"{number}-{n}".encode()) for n in range(number)]
            receive(campaign, files, MOMENT)
        counts.append(len(seen))

    assert counts[0] == counts[1]


@ON_BOTH
def test_where_several_campaigns_are_under_way_a_file_of_none_is_said_and_what_to_do(
    campaign: str,
) -> None:
    load_pack(MOMENT)

    [taken] = receive(None, [arrived(*TEXT)], MOMENT)
    [again] = receive(None, [arrived(*TEXT)], MOMENT)
    [named] = receive("second", [arrived("另一份.txt", b"abc")], MOMENT)

    assert taken.lines == (OF_NONE,)
    assert taken.unsure
    assert again.lines[1:] == (OF_NONE,)
    assert named.lines == (WAITS,)
    assert [row.campaign_id is None for row in rows()] == [True, False]
