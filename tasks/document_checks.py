"""Refuse files that cannot or must not be read, in one Chinese line each, before anything is parsed."""

import errno
import os
import stat
import zipfile
from pathlib import Path

from models.errors import CampaignError

LARGEST = 50 * 1024 * 1024  # bytes of a file; plans with pictures stay far below
UNPACKED = 200 * 1024 * 1024  # bytes of a Word file once unpacked
RATIO = 200  # a member that unpacks to more than this many times its size is a trap
MEMBERS = 5000
READABLE = (".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".doc", ".wps", ".rtf")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class DocumentError(CampaignError):
    """A document that cannot be read; the message is one line that says why and what to do."""


def check_file(path: Path) -> str:
    """Return what ``path`` holds by its first bytes: text, html, docx, pdf or office (.doc, .wps, .rtf).

    Raises DocumentError for what is missing, empty, too large, locked by a password or of no known kind.
    """
    name = path.name
    try:
        status = path.stat()
    except FileNotFoundError:
        raise DocumentError(f"找不到文件“{path}”") from None
    except OSError as error:
        raise DocumentError(f"打不开文件“{name}”:{_reason(error)}") from error
    except ValueError:
        raise DocumentError("文件名里有不能使用的字符") from None
    if not stat.S_ISREG(status.st_mode):
        raise DocumentError(f"“{name}”不是文件")
    if status.st_size == 0:
        raise DocumentError(f"“{name}”是空文件")
    if status.st_size > LARGEST:
        size, limit = status.st_size // 2**20, LARGEST // 2**20
        raise DocumentError(f"“{name}”有 {size} MB,超过 {limit} MB 的上限,请删去图片后再试")
    if not os.access(path, os.R_OK):
        raise DocumentError(f"没有权限读取“{name}”")
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise DocumentError(f"打不开文件“{name}”:{_reason(error)}") from error
    return _kind_of(path, head)


def _reason(error: OSError) -> str:
    """Say in Chinese why the system does not open a file."""
    reasons = {
        errno.EACCES: "没有权限",
        errno.EPERM: "没有权限",
        errno.ELOOP: "链接指回了自己",
        errno.ENAMETOOLONG: "文件名太长",
        errno.ENOTDIR: "路径里有一段不是文件夹",
        errno.EIO: "磁盘读取出错",
    }
    return reasons.get(error.errno or 0, "路径不正确或磁盘有问题")


def _kind_of(path: Path, head: bytes) -> str:
    name, suffix = path.name, path.suffix.lower()
    if head.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        check_archive(path)
        return "docx"
    if head.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise DocumentError(f"“{name}”设有打开密码,请去掉密码后再试")
        return "office"
    if head.startswith(b"{\\rtf"):
        return "office"
    if suffix in {".docx", ".pdf", ".doc", ".wps"}:
        raise DocumentError(f"“{name}”不是正常的 {suffix} 文件,可能已损坏")
    if suffix not in READABLE:
        raise DocumentError(f"不能读取“{name}”这种文件,可以读取 {' '.join(READABLE)}")
    if b"\0" in head and not _looks_like_utf16(head):
        raise DocumentError(f"“{name}”不是文本文件")
    web = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].lower()
    is_page = suffix in {".html", ".htm"} or web.startswith((b"<!doctype html", b"<html"))
    return "html" if is_page else "text"


def _looks_like_utf16(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return len(head) % 2 == 0 and head.count(b"\0") < len(head) / 2


def check_archive(path: Path) -> None:
    """Refuse a packed file that is broken, locked, a bomb, or has odd paths or XML entities in it."""
    name = path.name
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_members(name, members)
            if "word/document.xml" not in archive.namelist():
                if "xl/workbook.xml" in archive.namelist():
                    hint = "是 Excel 表格,不是 Word 文档;审核表请用 shifan plan load 载入"
                    raise DocumentError(f"“{name}”{hint}")
                raise DocumentError(f"“{name}”不是 Word 文档")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as file:
                        start = file.read(4096)
                    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                        raise DocumentError(f"“{name}”里有外部引用,可能有害,没有打开")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise DocumentError(f"“{name}”已损坏或有密码,打不开") from error
    except ValueError as error:
        raise DocumentError(f"“{name}”已损坏,打不开") from error


def _check_members(name: str, members: list[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    swollen = any(
        member.file_size > 2**20 and member.file_size > RATIO * max(1, member.compress_size)
        for member in members
    )
    if total > UNPACKED or swollen or len(members) > MEMBERS:
        raise DocumentError(f"“{name}”解开后过大,可能有害,没有打开")
    for member in members:
        parts = member.filename.replace("\\", "/").split("/")
        if member.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise DocumentError(f"“{name}”里有不正常的路径,可能有害,没有打开")
        if member.flag_bits & 1:
            raise DocumentError(f"“{name}”设有打开密码,请去掉密码后再试")
