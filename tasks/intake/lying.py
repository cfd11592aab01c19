"""What lies in the watched folder: each file as it is, and which of them are taken in together."""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from models.files.disk_words import reason_of
from models.files.whole_file import shown_name

QUIET = 60  # seconds since the last change: what was touched later is still being written
LARGEST = 200_000_000  # bytes of one file
LARGEST_PIECE, MOST_IN_PIECE = 400_000_000, 1_000  # bytes and files that are held at once
MOST = 5_000  # files of one round; the batches after that wait for the next
DEEPEST = 8  # folders within one another
LOCK_LASTS = 12 * 3600  # seconds: what a program that broke down left behind is no lock next day
# Locks of Office and LibreOffice, drafts, and what browsers and copying tools have not finished.
NOT_YET = re.compile(
    r"~\$.*|\..*|.*\.(?:tmp|part|partial|crdownload|download|filepart|draft)|thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)
_LOCK = re.compile(
    r"~\$(?P<office>.+)|\.~lock\.(?P<libre>.+)#", re.S
)  # beside the file that is open
_PACKED = re.compile(r".*\.(?:zip|rar|7z|tar|gz|tgz)", re.IGNORECASE)
_WORKBOOK = re.compile(r".*\.(?:xls[xmb]?|et)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lying:
    """One file of the folder; ``name`` is its path within it, as it can be shown.

    ``locked_at`` is when somebody opened it in an office program, in seconds since 1970; 0 where nobody has.
    """

    path: Path
    looks: os.stat_result
    name: str
    locked_at: float = 0.0

    @property
    def odd(self) -> str:
        """Return why it is no file that can be read; empty where it is one."""
        if stat.S_ISREG(self.looks.st_mode):
            return ""
        if stat.S_ISLNK(self.looks.st_mode):
            return "是指向别处的链接（快捷方式），没有收；请把文件本身放进来"
        return "不是文件（是设备、管道，或文件夹套得太深），没有收"

    def is_moving(self, now: datetime) -> bool:
        """Say whether it changed a moment ago, or is open; its own clock may be set by who wrote it, ours may not."""
        changed = datetime.fromtimestamp(self.looks.st_ctime, UTC)
        locked = datetime.fromtimestamp(self.locked_at, UTC)
        still_open = (now - locked).total_seconds() < LOCK_LASTS
        return still_open or (now - changed).total_seconds() < QUIET


@dataclass(slots=True)
class Found:
    """What lies in the folder by batch, how many files wait for the next round, and what cannot be read."""

    batches: list[list[Lying]] = field(default_factory=list)
    waiting: int = 0
    faults: list[str] = field(default_factory=list)


def what_lies_in(folder: Path) -> Found:
    """Return what lies in ``folder``, in the order of names: a sub-folder is one batch, a loose file another.

    Batches stay whole: those that begin after `MOST` files wait for the next round.
    """
    found = Found()
    by_batch: dict[str, list[Lying]] = {}
    for one in _files_in(folder, folder, 0, found.faults):
        first, *rest = one.path.relative_to(folder).parts
        by_batch.setdefault(f"{first}/" if rest else first, []).append(one)
    count = 0
    for batch in by_batch.values():
        if count < MOST:
            found.batches.append(batch)
        else:
            found.waiting += len(batch)
        count += len(batch)
    return found


def pieces_held(batch: Sequence[Lying]) -> list[list[Lying]]:
    """Return a batch in pieces that can be held at once; of a large one the workbooks come last.

    A ledger then finds all that came with it, whichever piece it lay in.
    """
    pieces = _cut(batch)
    return pieces if len(pieces) == 1 else _cut(sorted(batch, key=_turn))


def _cut(batch: Sequence[Lying]) -> list[list[Lying]]:
    pieces: list[list[Lying]] = [[]]
    size = 0
    for one in batch:
        own = min(one.looks.st_size, LARGEST)
        if pieces[-1] and (size + own > LARGEST_PIECE or len(pieces[-1]) == MOST_IN_PIECE):
            pieces.append([])
            size = 0
        pieces[-1].append(one)
        size += own
    return pieces


def _turn(one: Lying) -> int:
    """Return when a file's turn is: material, then archives, which may hold ledgers, then workbooks."""
    return 2 if _WORKBOOK.fullmatch(one.name) else int(bool(_PACKED.fullmatch(one.name)))


def _files_in(top: Path, folder: Path, depth: int, faults: list[str]) -> Iterator[Lying]:
    """Yield what lies in a folder; links are seen as what they are."""
    try:
        with os.scandir(folder) as entries:
            own = sorted(entries, key=lambda one: os.fsencode(one.name))
    except OSError as error:
        faults.append(f"{_shown(top, folder) or '收件文件夹'} 打不开（{reason_of(error)}），没有收")
        return
    locks = _locks(own)
    for entry in own:
        if NOT_YET.fullmatch(entry.name):
            continue
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False) and depth < DEEPEST:
            yield from _files_in(top, path, depth + 1, faults)
            continue
        try:
            looks = entry.stat(follow_symlinks=False)
        except FileNotFoundError:  # taken out again, or another round was faster
            continue
        except OSError as error:
            faults.append(f"{_shown(top, path)} 打不开（{reason_of(error)}），没有收")
            continue
        # Word writes its mark over the first two letters of a long name, Excel before it.
        locked_at = max(locks.get(entry.name, 0.0), locks.get(entry.name[2:], 0.0))
        yield Lying(path, looks, _shown(top, path), locked_at)


def _locks(own: Sequence[os.DirEntry[str]]) -> dict[str, float]:
    """Return since when the files of a folder are open, by their names: Excel, WPS and LibreOffice say so."""
    found: dict[str, float] = {}
    for entry in own:
        lock = _LOCK.fullmatch(entry.name)
        if lock:
            with suppress(OSError):
                at = entry.stat(follow_symlinks=False).st_ctime
                found[lock["office"] or lock["libre"]] = at
    return found


def _shown(top: Path, path: Path) -> str:
    return "/".join(shown_name(Path(part)) for part in path.relative_to(top).parts)
