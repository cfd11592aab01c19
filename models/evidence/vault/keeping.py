"""The vault: files by their SHA-256 in `vault/` of the home; what is in it is never changed or overwritten.

A file is written as a draft, brought to the disk and then given its name, so a name in the vault always
stands for the whole file. Written twice, at once or after a kill, it is there once.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from models.errors import NotFoundError
from models.evidence.vault.drafts import InVault, drafted
from models.evidence.vault.places import ALGORITHM, place_of, vault
from models.files.whole_file import read_whole
from models.hashing import new_hash

__all__ = ["ALGORITHM", "InVault", "place_of", "vault"]

PIECE = 1 << 20  # bytes


def is_kept(sha256: str) -> bool:
    """Say whether the vault has a file under that hash."""
    return place_of(sha256).is_file()


def keep(content: bytes) -> InVault:
    """Put ``content`` into the vault; on the disk when this returns."""
    return keep_pieces([content])


def pieces_of(path: Path) -> Iterator[bytes]:
    """Yield a file of any size piece by piece."""
    with path.open("rb", buffering=0) as file:
        while piece := file.read(PIECE):
            yield piece


def keep_pieces(pieces: Iterable[bytes]) -> InVault:
    """Put what ``pieces`` make up into the vault; raises OSError where the disk is full, nothing is left then."""
    with drafted(pieces) as draft:
        return draft.keep()


def read_kept(sha256: str, largest: int) -> bytes:
    """Return the file of that hash, of at most ``largest`` bytes.

    Raises NotFoundError when it is gone, FileFault when it is larger or cannot be read. Whether it still
    has its hash is not looked at here.
    """
    place = place_of(sha256)
    if not place.is_file():
        raise NotFoundError(f"证明材料库里没有文件 {sha256[:12]}…，请运行 shifan vault check")
    return read_whole(place, largest)


def digest_of_kept(sha256: str, algorithm: str) -> str:
    """Return the hash of a file of the vault by ``algorithm``, read piece by piece.

    Raises OSError where it cannot be read, SettingsError where this machine lacks the algorithm.
    """
    digest = new_hash(algorithm)
    for piece in pieces_of(place_of(sha256)):
        digest.update(piece)
    return digest.hexdigest()


def every_kept() -> Iterator[tuple[str, Path]]:
    """Yield hash and place of every file in the vault, in the order of the hashes."""
    root = vault()
    for first in sorted(p for p in root.iterdir() if len(p.name) == 2 and p.is_dir()):
        for second in sorted(p for p in first.iterdir() if p.is_dir()):
            yield from ((path.name, path) for path in sorted(second.iterdir()))
