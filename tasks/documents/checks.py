"""Refuse files that cannot or must not be read, in one Chinese line each, before anything is parsed."""

import zipfile
from functools import partial
from io import BytesIO
from pathlib import PurePath

from models.errors import CampaignError
from tasks.documents.packages import declares, main_member, root_of
from tasks.guarded.archives import BROKEN, has_stream, members_fault

LARGEST = 50 * 1024 * 1024  # bytes of a file; plans with pictures stay far below
HEAD = 4096  # bytes in which a file shows its kind
READABLE = (".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".doc", ".wps", ".rtf")
TABLES = {".xls", ".et"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class DocumentError(CampaignError):
    """A document that cannot be read; the message is one line that says why and what to do."""


def kind_of(content: bytes, name: str) -> str:
    """Return what a file holds by its first bytes: text, html, docx, pdf or office (.doc, .wps, .rtf).

    Raises DocumentError for what is empty, locked by a password, too large once unpacked, or of no
    known kind.
    """
    head, suffix = content[:HEAD], PurePath(name).suffix.lower()
    if not content:
        raise DocumentError(f"“{name}”是空文件")
    if head.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        check_archive(content, name)
        return "docx"
    if head.startswith(OLE):
        if has_stream(content, "EncryptedPackage"):
            raise DocumentError(f"“{name}”设有打开密码，请去掉密码后再试")
        if (
            suffix in TABLES
            or has_stream(content, "Workbook")
            and not has_stream(content, "WordDocument")
        ):
            raise DocumentError(
                f"“{name}”是 Excel 表格，不是公文；审核表请另存为 .xlsx 后用 shifan plan load 装入"
            )
        return "office"
    if head.startswith(b"{\\rtf"):
        return "office"
    if suffix in {".docx", ".pdf", ".doc", ".wps"}:
        raise DocumentError(f"“{name}”不是正常的 {suffix} 文件，可能已损坏")
    if suffix not in READABLE:
        raise DocumentError(f"不能读取“{name}”这种文件，可以读取 {' '.join(READABLE)}")
    if b"\0" in head and not _looks_like_utf16(head):
        raise DocumentError(f"“{name}”不是文本文件")
    web = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].lower()
    is_page = suffix in {".html", ".htm"} or web.startswith((b"<!doctype html", b"<html"))
    return "html" if is_page else "text"


def _looks_like_utf16(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return len(head) % 2 == 0 and head.count(b"\0") < len(head) / 2


def check_archive(content: bytes, name: str) -> None:
    """Refuse a packed file that is broken, locked, swollen, no Word file, or refers to the outside."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if fault := members_fault(archive):
                raise DocumentError(f"“{name}”{fault}")
            if any(map(partial(declares, archive), filter(_is_read, archive.namelist()))):
                raise DocumentError(f"“{name}”里有外部引用，可能有害，没有打开")
            main = main_member(archive)
            if not main or root_of(archive, main) not in {"document", ""}:
                hint = "不是 Word 文档"
                if main.startswith("xl/"):
                    hint = "是 Excel 表格，不是 Word 文档；审核表请用 shifan plan load 载入"
                raise DocumentError(f"“{name}”{hint}")
    except BROKEN as error:
        raise DocumentError(f"“{name}”已损坏或有密码，打不开") from error


def _is_read(member: str) -> bool:
    """Say whether a part may be read: others may hold what they like, for nobody opens them."""
    return member.endswith((".xml", ".rels")) and not member.startswith(("customXml/", "docProps/"))
