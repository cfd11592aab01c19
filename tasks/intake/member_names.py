"""Names of an archive's members: in which writing they stand, and which of them nobody should have."""

import re
import zlib

LONGEST = 500  # characters of a member's path
UNICODE_PATH = 0x7075  # Info-ZIP's extra field: the name once more, in UTF-8 (APPNOTE 4.6.9)
UTF_8 = 0x800  # bit 11 of the flags (APPNOTE 4.4.4)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DRIVE = re.compile(r"[A-Za-z]:")
# What systems and editors leave behind; nobody means to send it.
_LEFT_BEHIND = re.compile(
    r"(?:.*/)?(?:\.DS_Store|Thumbs\.db|desktop\.ini|~\$[^/]*|\._[^/]*)|__MACOSX/.*|(?:.*/)?\.~lock\.[^/]*#",
    re.IGNORECASE,
)


def name_of_bytes(raw: bytes) -> str:
    """Return a name as it was meant: UTF-8 or, as Chinese Windows writes it, GBK.

    Some names are both. Chinese in UTF-8 takes three bytes a letter; what reads as letters of two bytes
    (Latin with marks, Greek, Cyrillic) is Chinese in GBK.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
    if text.isascii() or max(text) > "\u07ff":
        return text
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return text


def name_in_zip(name: str, flags: int, extra: bytes) -> str:
    """Return the name of a zip's member, which `zipfile` read as ``name`` for want of bit 11."""
    if flags & UTF_8:
        return name
    raw = name.encode("cp437", "replace")
    return _unicode_path(extra, raw) or name_of_bytes(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Return what the field 0x7075 says, if it says it of this very name; else nothing."""
    while len(extra) >= 4:
        kind = int.from_bytes(extra[:2], "little")
        length = int.from_bytes(extra[2:4], "little")
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind != UNICODE_PATH or len(field) < 6 or field[0] != 1:
            continue
        if int.from_bytes(field[1:5], "little") == zlib.crc32(raw):
            return field[5:].decode("utf-8", "replace")
    return ""


def name_in_others(name: str) -> str:
    """Return the name of a member as libarchive's binding hands it over: foreign bytes as surrogates."""
    return name_of_bytes(name.encode("utf-8", "surrogateescape"))


def plain_path(name: str) -> str:
    """Return a member's path with slashes, as it is shown and compared."""
    return name.replace("\\", "/").removeprefix("./")


def path_fault(path: str) -> str:
    """Return why a member of that path is not taken; empty when it may be."""
    parts = path.split("/")
    if path.startswith("/") or _DRIVE.match(path) or ".." in parts:
        return "路径不正常（指向压缩包以外），没有取出"
    if len(path) > LONGEST:
        return "路径太长，没有取出"
    return "名称里有看不见的字符，没有取出" if _UNSEEN.search(path) else ""


def shown_path(path: str) -> str:
    """Return a path that can be printed, however odd it is."""
    seen = _UNSEEN.sub("?", path)
    return seen if len(seen) <= 120 else f"{seen[:60]}…{seen[-50:]}"


def is_left_behind(path: str) -> bool:
    """Say whether a member is what a system or an editor left behind."""
    return _LEFT_BEHIND.fullmatch(path) is not None
