"""The watched folder `inbox/` of the home: what lies in it still is taken in, and leaves it.

A sub-folder is one batch: a ledger and the evidence it names lie together. What is refused, and a
ledger's marked copy, go to `退回/` of the home with a note; originals of all else are in the vault.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from models.errors import CampaignError
from models.files.home import home
from models.files.whole_file import FileFault, read_whole, shown_name, write_whole
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception, Via
from tasks.file_names import plain_name
from tasks.intake.arrived import Arrived, TakenIn
from tasks.intake.aside import aside, set_aside, take_away, write_note
from tasks.intake.receiving import receive

QUIET = 60  # seconds since the last change: what was touched later is still being written
LARGEST = 200_000_000  # bytes of one file
LARGEST_BATCH, MOST_IN_BATCH = 400_000_000, 1_000  # bytes and files that are held at once
MOST = 5_000  # files of one round; the others wait for the next
DEEPEST = 8  # folders within one another
# Locks of Office and LibreOffice, drafts, and what browsers and copying tools have not finished.
NOT_YET = re.compile(
    r"~\$.*|\..*|.*\.(?:tmp|part|partial|crdownload|download|filepart|draft)|thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)


@dataclass(slots=True)
class FolderRound:
    """What one round of the folder did; ``faults`` say what could not be done."""

    taken: int = 0
    returned: int = 0
    secret: int = 0
    waiting: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """Return the round in one line, for the list of runs."""
        said = [f"收件文件夹：收下 {self.taken} 个"]
        for count, words in (
            (self.returned, "个有问题，说明在退回文件夹"),
            (self.secret, "个标着密级，没有保存"),
            (self.waiting, "个还在写入或排队，下次再收"),
        ):
            said += [f"{count} {words}"] if count else []
        said += [f"{len(self.faults)} 处没有做成：{self.faults[0]}"] if self.faults else []
        return "，".join(said)


@dataclass(frozen=True, slots=True)
class _Waiting:
    path: Path
    looks: os.stat_result


def collect_folder(moment: Moment, slug: str | None = None) -> FolderRound:
    """Take in what lies still in the folder. May run twice, at once with itself, or be killed anywhere.

    A file leaves only when its original is in the vault, or when it is in `退回/`; one that was replaced
    meanwhile stays for the next round. Links, pipes and devices are not followed: they are set aside.
    """
    folder, done = inbox(), FolderRound()
    found = list(_files_in(folder, 0))
    done.waiting += max(0, len(found) - MOST)
    for batch in _batches(folder, found[:MOST]):
        if any(_is_moving(one, moment.now) for one in batch):
            done.waiting += len(batch)
            continue
        try:
            _take(slug, folder, batch, moment, done)
        except (CampaignError, OSError) as fault:
            done.faults.append(str(fault))
    _tidy(folder)
    return done


def inbox() -> Path:
    """Return the watched folder, there."""
    folder = home() / "inbox"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _files_in(folder: Path, depth: int) -> Iterator[_Waiting]:
    """Yield what lies in a folder, in the order of names; links are seen as what they are."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: os.fsencode(one.name)):
            if NOT_YET.fullmatch(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False) and depth < DEEPEST:
                yield from _files_in(Path(entry.path), depth + 1)
            else:
                with suppress(OSError):
                    yield _Waiting(Path(entry.path), entry.stat(follow_symlinks=False))


def _batches(folder: Path, found: Sequence[_Waiting]) -> Iterator[list[_Waiting]]:
    """Yield what is taken at once: a sub-folder, or a loose file; a very large one in pieces."""
    by_batch: dict[str, list[_Waiting]] = {}
    for one in found:
        first, *rest = one.path.relative_to(folder).parts
        by_batch.setdefault(f"{first}/" if rest else first, []).append(one)
    for own in by_batch.values():
        piece: list[_Waiting] = []
        size = 0
        for one in own:
            size += min(one.looks.st_size, LARGEST)
            if piece and (size > LARGEST_BATCH or len(piece) == MOST_IN_BATCH):
                yield piece
                piece, size = [], min(one.looks.st_size, LARGEST)
            piece.append(one)
        yield piece


def _is_moving(one: _Waiting, now: datetime) -> bool:
    """Say whether a file changed a moment ago; its own clock may be set by who wrote it, ours may not."""
    changed = datetime.fromtimestamp(one.looks.st_ctime, UTC)
    return (now - changed).total_seconds() < QUIET


def _take(
    slug: str | None, folder: Path, batch: Sequence[_Waiting], moment: Moment, done: FolderRound
) -> None:
    arrived: list[tuple[_Waiting, Arrived]] = []
    for one in batch:
        name = "/".join(shown_name(Path(part)) for part in one.path.relative_to(folder).parts)
        if odd := _no_file(one):
            _return(one, name, [odd], moment, done)
            continue
        try:
            content = read_whole(one.path, LARGEST)
        except FileFault as fault:
            why = f"文件{fault.why.value}，没有收"
            if fault.size:
                why += (
                    f"；最多 {LARGEST // 1_000_000} MB，更大的请由创建办用 shifan evidence add 登记"
                )
            _return(one, name, [why], moment, done)
            continue
        digest = hashlib.sha256(content).hexdigest()
        place = name.partition("/")[0]
        arrived.append(
            (one, Arrived(name, content, "", Via.FOLDER, moment.now, f"folder:{digest}", place))
        )
    results = receive(slug, [file for _, file in arrived], moment) if arrived else []
    for one, file in arrived:
        own = [r for r in results if r.name == file.name or r.name.startswith(f"{file.name}/")]
        _let_go(one, file.name, own, moment, done)


def _no_file(one: _Waiting) -> str:
    if stat.S_ISREG(one.looks.st_mode):
        return ""
    if stat.S_ISLNK(one.looks.st_mode):
        return "是指向别处的链接（快捷方式），没有收；请把文件本身放进来"
    return "不是文件（是设备、管道，或文件夹套得太深），没有收"


def _let_go(
    one: _Waiting, name: str, results: Sequence[TakenIn], moment: Moment, done: FolderRound
) -> None:
    """Take a file that was received out of the folder; notes and copies are there before it goes."""
    words = {result.reception for result in results}
    lines = [
        f"{result.name.removeprefix(f'{name}/')}（{result.reception.chinese}）：{line}"
        if result.name != name
        else line
        for result in results
        for line in result.lines
        if result.reception not in (Reception.TAKEN, Reception.REPEATED) or result.marked
    ]
    if Reception.SECRET in words:
        write_note("标密文件", [line for r in results for line in r.lines][:1], moment)
        take_away(one.path, one.looks)
        done.secret += 1
    elif words == {Reception.REFUSED}:
        _return(one, name, lines, moment, done)
    else:
        for result in results:
            if result.marked is not None:
                stem = plain_name(Path(result.name).stem, 120)
                mark = hashlib.sha256(result.marked).hexdigest()[:8]
                write_whole(aside(moment) / f"{stem}-退回-{mark}.xlsx", result.marked)
        if lines:
            write_note(name, lines, moment)
            done.returned += 1
        take_away(one.path, one.looks)
        done.taken += 1


def _return(
    one: _Waiting,
    name: str,
    lines: Sequence[str],
    moment: Moment,
    done: FolderRound,
) -> None:
    """Move a file to 退回/, its note first; one of the same name there is not overwritten."""
    write_note(name, lines, moment)
    if set_aside(one.path, one.looks, name, moment):
        done.returned += 1
    else:
        done.waiting += 1


def _tidy(folder: Path) -> None:
    """Take away folders that are empty, the innermost first."""
    for place, _, _ in os.walk(folder, topdown=False):
        if Path(place) != folder:
            with suppress(OSError):
                Path(place).rmdir()
