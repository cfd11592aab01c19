"""Files on their way into the vault: written under a name of their own and hashed at once, then kept or dropped.

A draft bears a lock as long as somebody writes it. A kill lets go of the lock, and what nobody locks is
swept away: nothing of a file that is not to be kept stays, however its hand-in ended.
"""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from models.evidence.vault.places import ALGORITHM, place_of, vault
from models.files.whole_file import keep_names

OFTEN = 16 << 20  # bytes that are written before they are brought to the disk


@dataclass(frozen=True, slots=True)
class InVault:
    """A file of the vault: its hash in hex, its bytes, and whether it was not there before."""

    sha256: str
    size: int
    new: bool


class Draft:
    """A file that is written and hashed, and has no name in the vault yet; see `drafted`."""

    def __init__(self, file: IO[bytes], path: Path, sha256: str, size: int) -> None:
        self._file, self._path = file, path
        self.sha256, self.size = sha256, size

    def keep(self) -> InVault:
        """Give it its name in the vault, on the disk when this returns; what is there already stays."""
        place = place_of(self.sha256)
        new = not place.is_file()
        if new:
            self._file.flush()
            os.fsync(self._file.fileno())
            _make_folder(place.parent)
            self._path.replace(place)
            keep_names(place.parent)
        return InVault(self.sha256, self.size, new)


@contextmanager
def drafted(pieces: Iterable[bytes]) -> Iterator[Draft]:
    """Write and hash what ``pieces`` make up; whatever is not kept before the block ends is gone after it.

    Raises OSError where the disk is full; nothing is left then.
    """
    file, path = _new_draft()
    try:
        with file:
            yield Draft(file, path, *_written(file, pieces))
    finally:
        with suppress(OSError):
            path.unlink()


def _written(file: IO[bytes], pieces: Iterable[bytes]) -> tuple[str, int]:
    """Write ``pieces``; return the hash and the number of bytes."""
    digest, size, waiting = hashlib.new(ALGORITHM), 0, 0
    with ThreadPoolExecutor(1) as beside:
        for piece in pieces:
            # The hash is made while the disk is at work: neither waits for the other.
            hashed = beside.submit(digest.update, piece)
            size += file.write(piece)
            waiting += len(piece)
            if waiting >= OFTEN:
                file.flush()
                os.fdatasync(file.fileno())
                waiting = 0
            hashed.result()
    return digest.hexdigest(), size


def sweep_drafts() -> int:
    """Remove the drafts that nobody writes any more; return how many there were."""
    swept = 0
    for path in _folder().iterdir():
        with suppress(OSError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
            swept += 1
    return swept


def _new_draft() -> tuple[IO[bytes], Path]:
    while True:
        path = _folder() / secrets.token_hex(8)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        # Swept between its making and its lock, it has no name any more.
        if os.fstat(handle).st_nlink:
            return os.fdopen(handle, "wb"), path
        os.close(handle)


def _folder() -> Path:
    folder = vault() / "drafts"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        keep_names(folder.parent)
        keep_names(folder.parent.parent)
