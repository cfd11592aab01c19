import gzip
import os
import random
import stat
import struct
import warnings
import zipfile
import zlib
from io import BytesIO

import pytest

from tasks.guarded.many import ManyWorker
from tasks.intake import unpacking
from tasks.intake.archives import is_archive, opened_archive
from tests.support.archives import member_named, rarred, tarred, zipped

TABLE = ("市司法局/台账.txt", "甲".encode() * 500)
PHOTO = ("市司法局/照片.jpg", b"\xff\xd8\xff" + "乙".encode() * 40)
# 7-Zip's own layout for one stored file 台账.txt with "abc" in it; nothing free and pure writes .7z here.
NAME_7Z = "台账.txt"


def seven_zipped(name: str, content: bytes) -> bytes:
    """Return a .7z with one file, stored (7zFormat.txt of the LZMA SDK)."""
    title = name.encode("utf-16-le") + b"\0\0"
    streams = b"\x04" + b"\x06\x00\x01\x09" + bytes([len(content)]) + b"\x00"
    streams += (
        b"\x07\x0b\x01\x00\x01\x01\x00\x0c" + bytes([len(content)]) + b"\x00" + b"\x08\x0a\x01"
    )
    streams += struct.pack("<I", zlib.crc32(content)) + b"\x00\x00"
    files = b"\x05\x01\x11" + bytes([len(title) + 1]) + b"\x00" + title + b"\x00"
    header = b"\x01" + streams + files + b"\x00"
    start = struct.pack("<QQI", len(content), len(header), zlib.crc32(header))
    signature = b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(start))
    return signature + start + content + header


GBK_NAME = TABLE[0].encode("gbk").decode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    "content",
    [
        zipped(TABLE, PHOTO),
        zipped(TABLE, PHOTO, gbk=True),
        rarred(TABLE, PHOTO, version="rar40"),
        rarred(TABLE, PHOTO, version="rar50"),
        tarred(TABLE, PHOTO),
        tarred((GBK_NAME, TABLE[1]), PHOTO),
    ],
    ids=["zip", "zip-gbk", "rar4", "rar5", "tgz", "tgz-gbk"],
)
def test_an_archive_gives_its_files_under_their_chinese_names(content: bytes) -> None:
    found = opened_archive("材料", content)

    assert is_archive("材料", content)
    assert [(one.name, one.content) for one in found.members] == [
        (f"材料/{TABLE[0]}", TABLE[1]),
        (f"材料/{PHOTO[0]}", PHOTO[1]),
    ]
    assert not found.left


def test_a_7z_is_opened() -> None:
    [one] = opened_archive("材料.7z", seven_zipped(NAME_7Z, b"abc")).members

    assert (one.name, one.content) == (f"材料.7z/{NAME_7Z}", b"abc")


def test_a_gz_of_one_file_gives_that_file() -> None:
    [one] = opened_archive("数据.csv.gz", gzip.compress(b"1,2\n" * 9)).members

    assert one.content == b"1,2\n" * 9


def test_the_unicode_path_of_info_zip_is_believed_where_it_is_about_the_name() -> None:
    raw = "台账.txt".encode("gbk")
    body = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + "实名.txt".encode()
    member = member_named("台账.txt", gbk=True)
    member.extra = struct.pack("<HH", 0x7075, len(body)) + body
    stale = member_named("照片.txt", gbk=True)
    stale.extra = member.extra
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(member, b"1")
        archive.writestr(stale, b"2")

    found = opened_archive("a.zip", file.getvalue())

    assert [one.name for one in found.members] == ["a.zip/实名.txt", "a.zip/照片.txt"]


def test_office_files_are_no_archives() -> None:
    office = zipped(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>"))
    ofd = zipped(("OFD.xml", b"<x/>"))

    assert not is_archive("台账.xlsx", office)
    assert not is_archive("文件.ofd", ofd)
    assert is_archive("材料.zip", zipped(TABLE))


def test_archives_within_are_opened_three_deep_and_no_deeper() -> None:
    deepest = zipped(TABLE)
    third = zipped(("四.zip", deepest), ("三层.txt", b"3"))
    outer = zipped(("二.zip", zipped(("三.zip", third))), ("一层.txt", b"1"))

    found = opened_archive("一.zip", outer)

    assert [one.name for one in found.members] == [
        "一.zip/二.zip/三.zip/三层.txt",
        "一.zip/一层.txt",
    ]
    [line] = found.left
    assert line.startswith("一.zip/二.zip/三.zip/四.zip：") and "套了超过 3 层" in line


def _linked() -> bytes:
    member = zipfile.ZipInfo("链接")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(member, "/etc/passwd")
        archive.writestr("好的.txt", b"1")
    return raw.getvalue()


def _locked() -> bytes:
    raw = bytearray(zipped(("锁.txt", b"1" * 50), ("好的.txt", b"1")))
    raw[6] |= 1  # the flags of the first member, at its place and in the list
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def _twice() -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zipped(("好的.txt", b"1"), ("好的.txt", b"2"), ("好的.txt", b"1"))


@pytest.mark.parametrize(
    ("content", "place", "why"),
    [
        (zipped(("../外.txt", b"1"), ("好的.txt", b"1")), "a/../外.txt", "路径不正常"),
        (zipped(("C:\\外.txt", b"1"), ("好的.txt", b"1")), "a/C:/外.txt", "路径不正常"),
        (zipped(("/外.txt", b"1"), ("好的.txt", b"1")), "a//外.txt", "路径不正常"),
        (zipped(("坏\x1b名.txt", b"1"), ("好的.txt", b"1")), "a/坏?名.txt", "看不见的字符"),
        (zipped((f"{'长' * 600}.txt", b"1"), ("好的.txt", b"1")), "a/长长", "路径太长"),
        (zipped(("空.txt", b""), ("好的.txt", b"1")), "a/空.txt", "空文件"),
        (zipped(("__MACOSX/._x", b"1"), ("好的.txt", b"1")), "a：", "系统自动生成的文件 1 个"),
        (_linked(), "a/链接", "链接"),
        (_locked(), "a/锁.txt", "密码"),
        (_twice(), "a/好的.txt", "两个同名"),
    ],
)
def test_what_is_not_taken_is_named_and_the_rest_is_taken(
    content: bytes, place: str, why: str
) -> None:
    found = opened_archive("a", content)

    assert [one.name for one in found.members] == ["a/好的.txt"]
    [line] = found.left
    assert line.startswith(place) and why in line


@pytest.mark.parametrize("version", ["rar40", "rar50"])
def test_a_rar_with_a_password_is_named(version: str) -> None:
    found = opened_archive("a.rar", rarred(TABLE, version=version, password="1"))

    assert not found.members
    assert all("密码" in line for line in found.left) and found.left


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.zip", zipped(TABLE)[:-40], "已损坏"),
        ("a.zip", zipped(), "空的压缩包"),
        ("a.part2.rar", rarred(TABLE), "分卷"),
        ("a.7z.001", seven_zipped(NAME_7Z, b"abc"), "分卷"),
    ],
)
def test_an_archive_that_gives_nothing_says_why(name: str, content: bytes, why: str) -> None:
    found = opened_archive(name, content)

    assert not found.members
    [line] = found.left
    assert line.startswith(name) and why in line


def test_a_bomb_is_counted_while_it_unpacks() -> None:
    found = opened_archive("弹.gz", gzip.compress(bytes(120_000_000)))

    assert not found.members
    assert "解开后过大" in found.left[0]


def test_more_members_than_an_office_sends_are_not_all_taken() -> None:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for number in range(unpacking.MOST + 5):
            archive.writestr(f"{number}.txt", b"1")

    found = opened_archive("多.zip", raw.getvalue())

    assert len(found.members) == unpacking.MOST
    assert f"超过 {unpacking.MOST} 个" in found.left[-1]


def test_broken_archives_end_in_words_and_never_in_a_traceback() -> None:
    luck = random.Random(7)
    whole = [zipped(TABLE, PHOTO, gbk=True), rarred(TABLE), rarred(TABLE, version="rar40")]
    whole += [
        seven_zipped(NAME_7Z, b"abc"),
        tarred(TABLE, PHOTO),
        zipped(("内.rar", rarred(PHOTO))),
    ]

    with ManyWorker("tests.support.archives:unpacked") as process:
        for number in range(240):
            raw = bytearray(whole[number % len(whole)])
            for _ in range(luck.randint(1, 6)):
                raw[luck.randrange(len(raw))] = luck.randrange(256)
            cut = raw[: luck.randrange(len(raw))] if number % 5 == 0 else raw
            answer = process.look("a", bytes(cut))

            assert answer.fault or all(kind in ("member", "left") for kind, _ in answer.found)


def test_random_bytes_behind_each_sign_open_nothing() -> None:
    for sign in (b"PK\x03\x04", b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"):
        found = opened_archive("a", sign + os.urandom(400))

        assert not found.members and found.left
