"""The vault: files by their SHA-256 in `vault/` of the home; what is in it is never changed or overwritten.

A file is written under a temporary name, brought to the disk and then given its name, so a name in the
vault always stands for the whole file. Written twice, at once or after a kill, it is there once. A draft
that a kill leaves behind lies in `vault/drafts` and is nobody's.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from models.errors import NotFoundError
from models.files.home import home
from models.files.whole_file import read_whole

ALGORITHM = "sha256"
PIECE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class InVault:
    """A file of the vault: its hash in hex, its bytes, and whether it was not there before."""

    sha256: str
    size: int
    new: bool


def vault() -> Path:
    """Return the folder of the vault, there and private."""
    folder = home() / "vault"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def place_of(sha256: str) -> Path:
    """Return where the file of that hash lies, or would: fan-out by the first two and next two digits."""
    return vault() / sha256[:2] / sha256[2:4] / sha256


def is_kept(sha256: str) -> bool:
    """Say whether the vault has a file under that hash."""
    return place_of(sha256).is_file()


def keep(content: bytes) -> InVault:
    """Put ``content`` into the vault; on the disk when this returns."""
    return keep_pieces([content])


def keep_file(path: Path) -> InVault:
    """Put a file of any size into the vault, piece by piece, reading it once."""
    with path.open("rb") as file:
        return keep_pieces(iter(lambda: file.read(PIECE), b""))


def keep_pieces(pieces: Iterable[bytes]) -> InVault:
    """Put what ``pieces`` make up into the vault; raises OSError where the disk is full, nothing is left then."""
    drafts = vault() / "drafts"
    drafts.mkdir(mode=0o700, exist_ok=True)
    draft = drafts / secrets.token_hex(8)
    digest, size = hashlib.new(ALGORITHM), 0
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                digest.update(piece)
                size += file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        place = place_of(digest.hexdigest())
        new = not place.is_file()
        if new:
            _make_folder(place.parent)
            draft.replace(place)
            _keep_names(place.parent)
        return InVault(digest.hexdigest(), size, new)
    finally:
        with suppress(OSError):
            draft.unlink()


def read_kept(sha256: str, largest: int) -> bytes:
    """Return the file of that hash, of at most ``largest`` bytes.

    Raises NotFoundError when it is gone, FileFault when it is larger or cannot be read. Whether it still
    has its hash is not looked at here.
    """
    place = place_of(sha256)
    if not place.is_file():
        raise NotFoundError(f"证明材料库里没有文件 {sha256[:12]}…，请运行 shifan vault check")
    return read_whole(place, largest)


def every_kept() -> Iterator[tuple[str, Path]]:
    """Yield hash and place of every file in the vault, in the order of the hashes."""
    root = vault()
    for first in sorted(p for p in root.iterdir() if len(p.name) == 2 and p.is_dir()):
        for second in sorted(p for p in first.iterdir() if p.is_dir()):
            yield from ((path.name, path) for path in sorted(second.iterdir()))


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _keep_names(folder.parent)
        _keep_names(folder.parent.parent)


def _keep_names(folder: Path) -> None:
    """Bring the names in ``folder`` to the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
