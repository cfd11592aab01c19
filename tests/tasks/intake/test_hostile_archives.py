"""Archives made to do harm come through the door like any file: taken in part or not at all, each told."""

import gzip
import io
import stat
import tarfile
import zipfile

import pytest

from models.evidence.vault.keeping import is_kept
from models.rules.evidence.words import Reception
from models.settings import moment_of
from tasks.intake.receiving import receive
from tests.conftest import NOW, TODAY
from tests.support.archives import tarred, zipped
from tests.tasks.intake.test_receiving import arrived, rows

MOMENT = moment_of(NOW, TODAY)
GOOD = ("好的.txt", "甲乙丙丁".encode())


def _device() -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w:gz") as archive:
        for name, kind in (("设备", tarfile.CHRTYPE), ("管道", tarfile.FIFOTYPE)):
            odd = tarfile.TarInfo(name)
            odd.type = kind
            archive.addfile(odd)
        plain = tarfile.TarInfo(GOOD[0])
        plain.size = len(GOOD[1])
        archive.addfile(plain, io.BytesIO(GOOD[1]))
    return raw.getvalue()


def _linked() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        link = zipfile.ZipInfo("链接")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr(*GOOD)
    return raw.getvalue()


def _lying() -> bytes:
    """Return a .zip whose headers say that a member of 2 MB has one byte."""
    raw = bytearray(zipped(("大.bin", bytes(range(256)) * 8000), GOOD))
    place = raw.index(b"PK\x01\x02")
    raw[place + 24 : place + 28] = (1).to_bytes(4, "little")
    raw[22:26] = (1).to_bytes(4, "little")
    return bytes(raw)


def _nested(times: int) -> bytes:
    inner = zipped(GOOD)
    for n in range(times):
        inner = zipped((f"第{n}层.zip", inner), *([GOOD] if n == times - 1 else []))
    return inner


def _empty_members(count: int) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(*GOOD)
        for n in range(count):
            archive.writestr(f"{n}.txt", b"")
    return raw.getvalue()


# Each is told in few lines, one of which has these words; the members that are taken, by name.
HOSTILE = [
    ("回爬.zip", lambda: zipped(("../../外.txt", b"1"), GOOD), "路径不正常", 1),
    ("绝对.zip", lambda: zipped(("/etc/外.txt", b"1"), GOOD), "路径不正常", 1),
    ("回爬.tar.gz", lambda: tarred(("../外.txt", b"1"), GOOD), "路径不正常", 1),
    ("链接.zip", _linked, "链接", 1),
    ("设备.tar.gz", _device, "设备", 1),
    ("套五层.zip", lambda: _nested(5), "套了超过 3 层", 1),
    ("大小写.zip", lambda: zipped(("a.txt", b"1"), ("A.txt", b"2")), "", 2),
    ("谎报.zip", _lying, "已损坏", 1),
    ("分卷.zip.001", lambda: zipped(GOOD)[:60], "分卷", 0),
    ("十万个空文件.zip", lambda: _empty_members(100_000), "后面的没有取出", 1),
    ("弹.tar.gz", lambda: tarred(("空.bin", bytes(60_000_000))), "解开后过大", 0),
    ("弹.gz", lambda: gzip.compress(bytes(60_000_000)), "解开后过大", 0),
]


@pytest.mark.parametrize(
    ("name", "make", "why", "taken"), HOSTILE, ids=[name for name, *_ in HOSTILE]
)
def test_an_archive_made_to_do_harm_is_told_and_only_what_is_whole_in_it_is_taken(
    campaign: str, name: str, make, why: str, taken: int
) -> None:
    raw = make()

    *members, whole = receive(campaign, [arrived(name, raw)], MOMENT)

    assert [one.reception for one in members] == [Reception.TAKEN] * taken
    assert why in "\n".join(whole.lines)
    assert len(whole.lines) <= 203  # 200 places, what was taken, why it ended, how many more
    assert whole.reception is (
        Reception.REFUSED if not taken else Reception.PARTLY if why else Reception.TAKEN
    )
    assert sorted(row.name for row in rows()) == sorted([one.name for one in members] + [name])
    assert all(is_kept(row.sha256) for row in rows() if row.outcome != "refused")
    again = receive(campaign, [arrived(name, raw)], MOMENT)
    assert len(again) == len(members) + 1
    assert len(rows()) == len(again)
