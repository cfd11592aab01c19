"""Where a package is written to: a .zip or a folder; whole under its name, or not there at all."""

import os
import secrets
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from models.errors import NotFoundError, PlanError
from models.settings import office_time

PACKED = frozenset(
    {"jpg", "jpeg", "png", "gif", "webp", "heic", "mp4", "mp3", "mov", "docx", "xlsx", "pptx"}
    | {"ofd", "zip", "rar", "7z", "pdf"}
)  # packed already: packing once more costs time and gains nothing
FIRST_YEAR = 1980  # of a .zip


class Sink(Protocol):
    """Takes files under their names; a name has slashes between its folders."""

    def add(self, name: str, pieces: Iterable[bytes], at: datetime) -> None:
        """Write a file of ``pieces``, dated ``at`` (UTC)."""


class ZipSink:
    """Writes into a .zip, the same bytes for the same files in the same order."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def add(self, name: str, pieces: Iterable[bytes], at: datetime) -> None:
        """Write a file of ``pieces``; its day is the office's."""
        local = office_time(at)
        entry = zipfile.ZipInfo(name, (max(local.year, FIRST_YEAR), *local.timetuple()[1:6]))
        entry.create_system = 3  # the same on every machine
        entry.external_attr = 0o600 << 16
        packed = name.rpartition(".")[2].lower() in PACKED
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        with self._archive.open(entry, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)


class FolderSink:
    """Writes into a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def add(self, name: str, pieces: Iterable[bytes], at: datetime) -> None:
        """Write a file of ``pieces``; the names are ours and lead nowhere else."""
        path = self._root / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
        os.utime(path, (at.timestamp(), at.timestamp()))


@contextmanager
def sink_at(out: Path) -> Iterator[Sink]:
    """Yield a sink that is ``out`` when the block ends well; a break leaves nothing under that name.

    A name that ends in .zip is a packed file, any other a folder. Raises PlanError when it is there.
    A draft that a kill leaves behind begins with a dot and ends with .draft.
    """
    require_new(out)
    draft = out.with_name(f".{out.name[:50]}.{secrets.token_hex(4)}.draft")
    try:
        if out.suffix.lower() == ".zip":
            with zipfile.ZipFile(draft, "x") as archive:
                yield ZipSink(archive)
            draft.chmod(0o600)
        else:
            draft.mkdir(mode=0o700)
            yield FolderSink(draft)
        require_new(out)
        draft.rename(out)
    finally:
        if draft.is_dir():
            shutil.rmtree(draft, ignore_errors=True)
        with suppress(OSError):
            draft.unlink()


def require_new(out: Path) -> None:
    """Raise PlanError for what is there, NotFoundError where its folder is not."""
    if out.exists():
        raise PlanError(out.name, ["已经存在，不会覆盖，请换一个名字"])
    if not out.absolute().parent.is_dir():
        raise NotFoundError(f"没有 {out.parent} 这个文件夹")
