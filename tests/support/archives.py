"""Archives as units send them, made by the tests."""

import tarfile
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Literal

import rars

from tasks.intake.unpacking import members

Files = Iterable[tuple[str, bytes]]


class _InGbk(zipfile.ZipInfo):
    """A member whose name is written as Chinese Windows does: GBK, and no flag that says so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name `zipfile` asks for
        return self.filename.encode("gbk"), self.flag_bits


def zipped(*files: tuple[str, bytes], gbk: bool = False) -> bytes:
    """Return a .zip; a name twice is there twice."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(member_named(name, gbk=gbk), content)
    return raw.getvalue()


def member_named(name: str, *, gbk: bool = False) -> zipfile.ZipInfo:
    """Return a member to be written."""
    member = _InGbk(name) if gbk else zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def rarred(*files: tuple[str, bytes], version: str = "rar50", password: str | None = None) -> bytes:
    """Return a .rar of version 4 (rar40) or 5 (rar50)."""
    builder = rars.RarBuilder(format=version, password=password)
    for name, content in files:
        builder.add_bytes(content, name)
    return bytes(builder.to_bytes())


def tarred(*files: tuple[str, bytes], mode: Literal["w", "w:gz"] = "w:gz") -> bytes:
    """Return a .tar, packed as ``mode`` says (w, w:gz)."""
    raw = BytesIO()
    with tarfile.open(fileobj=raw, mode=mode, errors="surrogateescape") as archive:
        for name, content in files:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, BytesIO(content))
    return raw.getvalue()


def unpacked(_name: str, content: bytes) -> list[tuple[str, str]]:
    """Take an archive apart in a guarded process that does many; return what was found, without bytes."""
    return [(kind, path) for kind, path, _ in members(content)]
