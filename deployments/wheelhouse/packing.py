"""Put wheels, checkout, lock, sums and notes into one archive: the same content, the same bytes."""

import hashlib
import io
import json
import subprocess
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deployments.wheelhouse.fetching import sha256_of
from deployments.wheelhouse.targets import GLIBC, Target

FOLDER = "wheelhouse"  # beside the checkout's own folders
NOTE = "离线安装说明.txt"
_NOTE_TEXT = Path(__file__).with_name("note.txt")
Wheels = Mapping[Target, Sequence[Path]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive: where it stands, its bytes or the file that has them, whether it is run."""

    name: str
    content: bytes | Path
    runs: bool = False

    @property
    def sum(self) -> str:
        if isinstance(self.content, Path):
            return sha256_of(self.content)
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Checkout:
    """The tracked files of a commit, without the work tree's changes."""

    files: Sequence[Entry]
    at: int  # seconds since 1970: when it was committed

    def text(self, name: str) -> str:
        [found] = [one for one in self.files if one.name == name]
        assert isinstance(found.content, bytes)
        return found.content.decode()


def checkout_of(root: Path) -> Checkout:
    """Return what is committed at ``root``; raises CalledProcessError where that is no git checkout."""
    at = _git(root, "log", "-1", "--format=%ct")
    with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "--format=tar", "HEAD"))) as packed:
        files = [
            Entry(one.name, _read(packed, one), bool(one.mode & 0o100))
            for one in packed
            if one.isfile()
        ]
    return Checkout(files, int(at))


def changed(root: Path) -> bool:
    """Say whether tracked files differ from what is committed: such changes are not packed."""
    return bool(_git(root, "status", "--porcelain", "--untracked-files=no").strip())


def _git(root: Path, *words: str) -> bytes:
    command = ("git", "-C", str(root), "-c", "core.autocrlf=false", *words)
    return subprocess.run(command, capture_output=True, check=True).stdout


def _read(packed: tarfile.TarFile, one: tarfile.TarInfo) -> bytes:
    opened = packed.extractfile(one)
    return opened.read() if opened else b""


def entries(checkout: Checkout, lock: str, parts: bytes, wheels: Wheels) -> Iterator[Entry]:
    """Yield every file of the archive, the sums of all others last."""
    told = {
        "glibc": list(GLIBC),
        "lock": hashlib.sha256(checkout.text("requirements.lock").encode()).hexdigest(),
        "targets": [
            {
                "machine": target.machine,
                "python": target.python,
                "wheels": sorted(file.name for file in found),
            }
            for target, found in wheels.items()
        ],
    }
    every = {file.name: file for found in wheels.values() for file in found}
    own = [
        Entry(
            f"{FOLDER}/targets.json", json.dumps(told, indent=1, sort_keys=True).encode() + b"\n"
        ),
        Entry(f"{FOLDER}/requirements.lock", lock.encode()),
        Entry(f"{FOLDER}/sbom.cdx.json", parts),
        Entry(NOTE, _NOTE_TEXT.read_bytes()),
        *(Entry(f"{FOLDER}/wheels/{name}", file) for name, file in every.items()),
    ]
    all_files = sorted([*checkout.files, *own], key=lambda one: one.name)
    yield from all_files
    sums = "".join(f"{one.sum}  {one.name}\n" for one in all_files)
    yield Entry(f"{FOLDER}/SHA256SUMS", sums.encode())


def pack(files: Sequence[Entry], top: str, at: int, archive: Path) -> None:
    """Write ``files`` below the folder ``top`` of a tar; it takes its name when it is whole."""
    part = archive.with_name(archive.name + ".part")
    with tarfile.open(part, "w", format=tarfile.PAX_FORMAT) as packed:
        for one in files:
            head = tarfile.TarInfo(f"{top}/{one.name}")
            head.mtime, head.mode = at, 0o755 if one.runs else 0o644
            if isinstance(one.content, Path):
                head.size = one.content.stat().st_size
                with one.content.open("rb") as opened:
                    packed.addfile(head, opened)
            else:
                head.size = len(one.content)
                packed.addfile(head, io.BytesIO(one.content))
    part.replace(archive)
