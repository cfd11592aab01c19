"""Where a package is written to: a .zip or a folder; whole under its name, or not there at all."""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from models.files.held_draft import HeldDraft
from models.settings import office_zone

PACKED = frozenset(
    {"jpg", "jpeg", "png", "gif", "webp", "heic", "mp4", "mp3", "mov", "docx", "xlsx", "pptx"}
    | {"ofd", "zip", "rar", "7z", "pdf"}
)  # packed already: packing once more costs time and gains nothing
FIRST_YEAR = 1980  # of a .zip


class Sink(Protocol):
    """Takes files under their names; a name has slashes between its folders."""

    def add(self, name: str, pieces: Iterable[bytes], at: datetime) -> None:
        """Write a file of ``pieces``, dated ``at`` (UTC)."""

    def holds(self, name: str, sha256: str, at: datetime) -> bool:
        """Say whether a run that was stopped has left this file whole, so that it need not be written."""


class ZipSink:
    """Writes into a .zip, the same bytes for the same files in the same order."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive, self._zone = archive, office_zone()

    def add(self, name: str, pieces: Iterable[bytes], at: datetime) -> None:
        """Write a file of ``pieces``; its day is the office's."""
        local = at.astimezone(self._zone)
        entry = zipfile.ZipInfo(name, (max(local.year, FIRST_YEAR), *local.timetuple()[1:6]))
        entry.create_system = 3  # the same on every machine
        entry.external_attr = 0o600 << 16
        packed = name.rpartition(".")[2].lower() in PACKED
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        with self._archive.open(entry, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)

    def holds(self, _name: str, _sha256: str, _at: datetime) -> bool:
        """Say no: a .zip has its contents at its end, so one that was stopped cannot be read."""
        return False


class FolderSink:
    """Writes into a folder; what a run that was stopped left there is used where it is the same."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._before = {path for path in root.rglob("*") if not path.is_dir() or path.is_symlink()}

    def add(self, name: str, pieces: Iterable[bytes], at: datetime) -> None:
        """Write a file of ``pieces``; the names are ours and lead nowhere else."""
        path = self._root / name
        self._forget(path)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
        os.utime(path, ns=_twice(at))

    def holds(self, name: str, sha256: str, at: datetime) -> bool:
        """Say whether the file lies there with this day and hash; the day is set when it is whole."""
        path = self._root / name
        if path not in self._before or path.is_symlink():
            return False
        if path.lstat().st_mtime_ns != _twice(at)[1]:
            return False
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        self._before -= {path} if same else set()
        return same

    def tidy(self) -> None:
        """Remove what an earlier run left and this one has no use for."""
        for path in tuple(self._before):
            self._forget(path)
        for folder in sorted(self._root.rglob("*"), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()

    def _forget(self, path: Path) -> None:
        if path in self._before:
            path.unlink()
            self._before.remove(path)


def _twice(at: datetime) -> tuple[int, int]:
    """Return ``at`` as a file's two times, in nanoseconds; a float would not come back the same."""
    return (int(at.timestamp()) * 10**9,) * 2


def packed_at(out: Path) -> bool:
    """Say whether ``out`` is a packed file by its name; any other is a folder."""
    return out.suffix.lower() == ".zip"


@contextmanager
def sink_in(draft: HeldDraft) -> Iterator[Sink]:
    """Yield a sink into ``draft``, which is whole when the block has ended.

    A folder goes on with the files that a run which was stopped left whole, a .zip begins anew.
    """
    if draft.folder:
        sink = FolderSink(draft.path)
        yield sink
        sink.tidy()
    else:
        os.truncate(draft.handle, 0)
        with os.fdopen(os.dup(draft.handle), "w+b") as file, zipfile.ZipFile(file, "w") as archive:
            yield ZipSink(archive)
