"""Other files that a Word file takes in as they are (w:altChunk, 17.17.2.1): read in place, or named."""

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import PurePosixPath

from models.plan.reading.text.marks import EMBEDDED
from tasks.documents.decoding import decode
from tasks.documents.faults import DocumentError
from tasks.documents.packages import declares
from tasks.documents.pages import PageRead, Part
from tasks.documents.word.package import Package
from tasks.guarded.archives import BROKEN, members_fault


def part_of(package: Package, name: str, depth: int) -> Part:
    """Return what the part ``name`` of ``package`` says, read by what it is."""
    content = package.read(name)
    head = content[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(b"PK\x03\x04"):
        if (within := _opened(content)) is not None:
            from tasks.documents.word.pages import package_page

            return package_page(within, depth + 1)
    elif head.startswith((b"mime-version:", b"content-type:", b"from:")):
        from tasks.documents.mht import mht_pages

        with suppress(DocumentError):
            return _as_one(mht_pages(content))
    elif b"<html" in head or head.startswith(b"<!doctype html") or _is(name, (".htm", ".xhtm")):
        from tasks.documents.web.pages import html_pages

        return _as_one(html_pages(content))
    elif _is(name, ".txt"):
        page = PageRead()
        lines = decode(content).splitlines()
        for line in lines:
            page.line(line)
        return page.part(lines)
    return only_named(name)


def _as_one(parts: Iterator[Part]) -> Part:
    page, tables = PageRead(), 0
    for part in parts:
        tables += page.take(part, tables)
    return page.part([])


def _is(name: str, suffix: str | tuple[str, ...]) -> bool:
    return PurePosixPath(name).suffix.lower().startswith(suffix)


def _opened(content: bytes) -> Package | None:
    """Return a Word file within, None for one that is broken or would not be opened by itself."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            odd = any(declares(archive, each) for each in archive.namelist() if _is(each, ".xml"))
            if odd or members_fault(archive):
                return None
        within = Package.of_zip(content)
        return within if within.root(within.main) is not None else None
    except (*BROKEN, SyntaxError):
        return None


def only_named(name: str, why: str = EMBEDDED) -> Part:
    """Return the page of a file within that is not read."""
    page = PageRead()
    page.leave(why, PurePosixPath(name).name)
    return page.part([PurePosixPath(name).name])
