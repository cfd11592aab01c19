"""Take ledgers in from a file or a folder that the office names, and put marked copies back."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import PlanError
from models.files.whole_file import read_given, shown_name, write_all
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception, Via
from tasks.file_names import plain_name
from tasks.intake.arrived import Arrived, TakenIn
from tasks.ledgers.belonging import is_ledger
from tasks.ledgers.taking import LedgerBack, take_ledgers

LARGEST = 200_000_000  # bytes of one file
LARGEST_ALL = 1_000_000_000  # bytes of all files of one call
MOST_FILES = 5_000
RETURNED = "退回"  # the folder of marked copies, beside what came in


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of each ledger, and where the marked copies lie, by the ledger's name."""

    taken: Sequence[TakenIn]
    copies: Sequence[str]
    folder: Path

    @property
    def nothing(self) -> bool:
        """Say whether not one of the ledgers could be taken, not even in part; nothing is written then."""
        return all(one.reception is Reception.REFUSED for one in self.taken)


def import_ledgers(slug: str | None, path: Path, moment: Moment) -> Imported:
    """Take in the ledger ``path``, or every ledger in the folder ``path``; evidence lies in the same folder.

    Marked copies go into the folder 退回 beside them, under a name made from what came in, so that the
    same files again write none twice. Raises PlanError where there is no ledger, or too much.
    """
    files = list(_files_at(path, moment))
    ledgers = [file for file in files if is_ledger(file.name, file.content)]
    if path.is_file():
        ledgers = [file for file in files if file.name == path.name]
    if not ledgers:
        raise PlanError(
            shown_name(path), ["里面没有台账（.xlsx）；台账由 shifan ledger export 发出"]
        )
    named = {file.key for file in ledgers}
    beside = [file for file in files if file.key not in named]
    taken = take_ledgers(slug, [LedgerBack(file, beside) for file in ledgers], moment)
    folder = (path if path.is_dir() else path.parent) / RETURNED
    return Imported(taken, _put_back(ledgers, taken, folder), folder)


def _files_at(path: Path, moment: Moment) -> Iterator[Arrived]:
    """Yield the files that came in; of a single ledger all that lie beside it."""
    folder = path if path.is_dir() else path.parent
    own = sorted(_walk(folder, deep=path.is_dir()))
    total = sum(each.stat().st_size for each in own)
    if total > LARGEST_ALL:
        size = LARGEST_ALL // 1_000_000
        raise PlanError(
            shown_name(folder),
            [f"文件共 {total // 1_000_000} MB，最多 {size} MB，请分几次"],
        )
    for each in own:
        content = read_given(each, LARGEST, "一份材料")
        key = hashlib.sha256(content).hexdigest()
        yield Arrived(each.name, content, "", Via.COMMAND, moment.now, key, key)


def _walk(folder: Path, *, deep: bool) -> Iterator[Path]:
    """Yield the files of a folder that were handed in; links are not followed.

    Raises PlanError as soon as there are too many: nobody waits for a whole disk to be looked through.
    """
    seen = 0
    for place, folders, names in os.walk(folder):
        seen += len(names) + len(folders)
        if seen > MOST_FILES:
            raise PlanError(
                shown_name(folder), [f"文件超过 {MOST_FILES} 个，不像是收台账的文件夹，请分几次"]
            )
        folders[:] = [name for name in folders if deep and not _is_aside(name)]
        files = [Path(place) / name for name in names if not _is_aside(name)]
        yield from (each for each in files if each.is_file() and not each.is_symlink())


def _is_aside(name: str) -> bool:
    """Say whether a file or folder is none that was handed in: hidden, a lock of Excel, copies of ours."""
    return name == RETURNED or name.startswith(("~$", "."))


def _put_back(ledgers: Sequence[Arrived], taken: Sequence[TakenIn], folder: Path) -> list[str]:
    copies: dict[Path, bytes] = {}
    for file, one in zip(ledgers, taken, strict=True):
        if one.marked is not None:
            stem = plain_name(Path(file.name).stem, 120)
            copies[folder / f"{stem}-{RETURNED}-{file.key[:8]}.xlsx"] = one.marked
    if copies:
        folder.mkdir(exist_ok=True)
        write_all({path: content for path, content in copies.items() if not path.exists()})
    return [path.name for path in copies]
