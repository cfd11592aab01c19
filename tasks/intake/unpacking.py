"""Take an archive apart, in the guarded child: zip by the standard library, .rar, .7z and .tar by libarchive.

Yields, each a tuple that `marshal` takes: ("member", path, bytes), or ("left", path, why) for what was
not taken out; an empty path is the archive itself. Archives within are opened too, their members under
their path. What is unpacked is counted while it comes, for what an archive claims may be a lie.
"""

import locale
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from tasks.evidence.examining.media import media_of
from tasks.guarded.archives import BROKEN
from tasks.intake.member_names import (
    is_left_behind,
    name_in_others,
    name_in_zip,
    name_of_bytes,
    path_fault,
    plain_path,
    shown_path,
)

ARCHIVES = frozenset({"zip", "rar", "7z", "tar", "gz"})
DEEPEST = 3  # archives within one another
MOST = 3000  # members of all
LARGEST = 100_000_000  # bytes of one member
WHOLE = 400_000_000  # bytes of all members
SMALL, RATIO = (
    20_000_000,
    300,
)  # unpacked bytes from which on more than RATIO times the archive is a bomb
PIECE = 1 << 20  # bytes
MOST_SAID = 200  # of what was left

DAMAGED = "已损坏或设有密码，没有取出；请去掉密码、重新压缩后再发"
LOCKED = "设有打开密码，没有取出；请去掉密码后再发"
Found = tuple[Any, ...]


class _Full(Exception):
    """The whole is unpacked far enough; the message says why the rest is not."""


@dataclass(slots=True)
class _Count:
    packed: int  # bytes of the outermost archive
    members: int = 0
    unpacked: int = 0
    left: int = 0
    seen: dict[str, int] = field(default_factory=dict)  # crc of what was taken, by path


def members(content: bytes) -> Iterator[Found]:
    """Yield what the archive ``content`` holds."""
    _give_names()
    count = _Count(len(content))
    try:
        for found in _within(content, media_of(content), "", 1, count):
            count.left += found[0] == "left"
            if found[0] == "member" or count.left <= MOST_SAID:
                yield found
    except _Full as full:
        yield "left", "", str(full)
    if count.left > MOST_SAID:
        yield "left", "", f"还有 {count.left - MOST_SAID} 个没有取出，不逐个列出"


def listed(content: bytes, media: str) -> Iterator[tuple[str, str]]:
    """Yield the path of each file in the archive and why it cannot be taken out, "" where it may be.

    Nothing is unpacked but what lies before a name. An empty path is the archive itself.
    """
    _give_names()
    for path, take in _zipped(content) if media == "zip" else _packed(content, media):
        yield path, take if isinstance(take, str) else ""


def _give_names() -> None:
    with suppress(locale.Error):  # libarchive gives no name that the locale has no letters for
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")


def _within(content: bytes, media: str, under: str, depth: int, count: _Count) -> Iterator[Found]:
    behind = 0
    for path, take in _zipped(content) if media == "zip" else _packed(content, media):
        if is_left_behind(path):
            behind += 1
        elif path_fault(path):
            yield "left", under + shown_path(path), path_fault(path)
        else:
            yield from _taken(path, take, under, depth, count)
    if behind:
        yield "left", under, f"系统自动生成的文件 {behind} 个（如 .DS_Store、Thumbs.db），没有取出"


def _taken(
    path: str, take: Callable[[], Iterator[bytes]] | str, under: str, depth: int, count: _Count
) -> Iterator[Found]:
    """Yield one member of an archive, or what lies in it where it is one itself."""
    whole = under + path
    if isinstance(take, str):
        yield "left", whole, take
        return
    count.members += 1
    if count.members > MOST:
        raise _Full(f"里面的文件超过 {MOST} 个，后面的没有取出；请分成几个压缩包")
    inner, why = _read(take, count)
    if inner is None:
        yield "left", whole, why
        return
    if not inner:
        yield "left", whole, "是空文件（或指向别处的链接），没有取出"
        return
    crc = zlib.crc32(inner)
    if whole in count.seen:
        if count.seen[whole] != crc:
            yield "left", whole, "压缩包里有两个同名的文件，只收了前一个；请改名后再发"
        return
    count.seen[whole] = crc
    media = media_of(inner)
    if media not in ARCHIVES:
        yield "member", whole, inner
    elif depth == DEEPEST:
        yield "left", whole, f"压缩包套了超过 {DEEPEST} 层，没有打开；请把里面的文件直接发来"
    else:
        yield from _within(inner, media, f"{whole}/", depth + 1, count)


def _read(take: Callable[[], Iterator[bytes]], count: _Count) -> tuple[bytes | None, str]:
    """Return the bytes of a member, counted while they come; None and why where there are too many."""
    pieces, size = [], 0
    try:
        for piece in take():
            size += len(piece)
            count.unpacked += len(piece)
            if count.unpacked > WHOLE or (
                count.unpacked > SMALL and count.unpacked > RATIO * count.packed
            ):
                raise _Full("解开后过大，后面的没有取出；请分成几个压缩包，或去掉空白内容后再发")
            if size > LARGEST:
                return None, f"超过 {LARGEST // 1_000_000} MB，没有取出；请单独报送"
            pieces.append(piece)
    except _Full:
        raise
    except MemoryError:
        return None, "太大或太复杂，没有取出"
    except Exception as error:  # whatever a broken member makes a library raise
        return None, _why(error)
    return b"".join(pieces), ""


def _why(error: Exception) -> str:
    said = str(error).lower()
    return (
        LOCKED if any(word in said for word in ("password", "passphrase", "encrypt")) else DAMAGED
    )


def _zipped(content: bytes) -> Iterator[tuple[str, Any]]:
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except BROKEN:
        yield "", DAMAGED
        return
    for member in archive.infolist():
        path = plain_path(name_in_zip(member.filename, member.flag_bits, member.extra))
        mode = member.external_attr >> 16
        if path.endswith("/"):
            continue
        if member.flag_bits & 1:
            yield path, LOCKED
        elif stat.S_ISLNK(mode):
            yield path, "是指向别处的链接，没有取出"
        else:
            yield path, lambda one=member: _pieces(archive, one)


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as file:
        while piece := file.read(PIECE):
            yield piece


def _packed(content: bytes, media: str) -> Iterator[tuple[str, Any]]:
    import archi

    if media == "gz" and not _holds_tar(content):
        yield _name_in_gz(content), lambda: _gunzipped(content)
        return
    try:
        for entry in archi.Archive(BytesIO(content)):
            path = plain_path(name_in_others(entry.filename))
            kind = stat.S_IFMT(entry.mode)
            if kind == stat.S_IFDIR or path.endswith("/"):
                continue
            if kind not in (stat.S_IFREG, 0):
                yield path, "是链接或设备，没有取出"
            else:
                yield path, lambda one=entry: iter(lambda: one.read(PIECE), b"")
    except (archi.Error, ValueError, MemoryError) as error:
        yield "", _why(error)


def _holds_tar(content: bytes) -> bool:
    head = b""
    with suppress(zlib.error):
        head = zlib.decompressobj(31).decompress(content, 512)
    return head[257:262] == b"ustar"


def _name_in_gz(content: bytes) -> str:
    """Return the name of the one file in a .gz (RFC 1952, 2.3), which need not be said."""
    flags, rest = content[3:4], content[10:]
    if flags and flags[0] & 4:
        rest = rest[2 + int.from_bytes(rest[:2], "little") :]
    named = flags and flags[0] & 8
    name = name_of_bytes(rest[:500].partition(b"\0")[0]) if named else ""
    return plain_path(name) or "解压后的文件"


def _gunzipped(content: bytes) -> Iterator[bytes]:
    unpack = zlib.decompressobj(31)
    while not unpack.eof:
        piece = unpack.decompress(content, PIECE)
        content = unpack.unconsumed_tail
        if not piece and not content:
            raise ValueError("cut off")
        yield piece
