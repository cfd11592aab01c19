"""Take ledgers in from a file, a folder or an archive that the office names, and put marked copies back."""

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
from tasks.inspection.arriving import is_visit_results
from tasks.intake.archives import is_archive
from tasks.intake.arrived import Arrived, HowFar, TakenIn
from tasks.intake.receiving import receive
from tasks.ledgers.belonging import is_ledger
from tasks.ledgers.taking import LedgerBack, take_ledgers

LARGEST = 200_000_000  # bytes of one file
LARGEST_ALL = 1_000_000_000  # bytes of all files of one call
MOST_FILES = 5_000
RETURNED = "退回"  # the folder of marked copies, beside what came in


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of each file, ledgers first, and where the marked copies lie, by their names.

    ``left`` are lines for what lies there and is no file.
    """

    taken: Sequence[TakenIn]
    copies: Sequence[str]
    folder: Path
    left: Sequence[str] = ()

    @property
    def nothing(self) -> bool:
        """Say whether not one of the files could be taken, not even in part."""
        return all(one.reception in (Reception.REFUSED, Reception.SECRET) for one in self.taken)


def import_ledgers(
    slug: str | None, path: Path, moment: Moment, told: HowFar | None = None
) -> Imported:
    """Take in the ledger ``path``, or all that lies in the folder or archive ``path``.

    A folder or an archive is one batch: a ledger finds the evidence it names, the nearest first, and all
    of it is kept as received. What lies beside a single ledger is taken where the ledger names it.
    Marked copies go into the folder 退回 beside what came in, under a name made from it, so that the
    same files again write none twice. ``told`` hears how many files were looked at. Raises PlanError where there is no ledger, or too much.
    """
    left: list[str] = []
    files = list(_files_at(path, moment, left))
    if path.is_dir():
        if not any(_is_ours(file) or is_archive(file.name, file.content) for file in files):
            raise PlanError(
                shown_name(path),
                ["里面没有台账（.xlsx），也没有压缩包；台账由 shifan ledger export 发出"],
            )
        taken = receive(slug, files, moment, told=told)
    else:
        [own] = [file for file in files if file.name == path.name]
        beside = [file for file in files if file is not own and not _is_ours(file)]
        if is_archive(own.name, own.content):
            taken = receive(slug, [own], moment, told=told)
        elif _is_ours(own):
            taken = receive(slug, [own], moment, beside=beside, told=told)
        else:  # what it lacks to be one is said of it
            taken = take_ledgers(slug, [LedgerBack(own, beside)], moment)
    taken = sorted(taken, key=lambda one: (one.version is None, not one.unit))
    folder = (path if path.is_dir() else path.parent) / RETURNED
    return Imported(taken, _put_back(taken, folder), folder, left if path.is_dir() else [])


def _is_ours(file: Arrived) -> bool:
    """Say whether a file is a workbook that came back: a unit's ledger, or what came of a visit."""
    return is_ledger(file.name, file.content) or is_visit_results(file.content)


def _files_at(path: Path, moment: Moment, left: list[str]) -> Iterator[Arrived]:
    """Yield the files that came in; of a single ledger all that lie beside it."""
    folder = path if path.is_dir() else path.parent
    own = sorted(_walk(folder, left, deep=path.is_dir()))
    total = sum(each.stat().st_size for each in own)
    if total > LARGEST_ALL:
        size = LARGEST_ALL // 1_000_000
        raise PlanError(
            shown_name(folder),
            [f"文件共 {total // 1_000_000} MB，最多 {size} MB，请分几次"],
        )
    for each in own:
        content = read_given(each, LARGEST, "一份材料")
        digest = hashlib.sha256(content).hexdigest()
        name = each.relative_to(folder).as_posix() if path.is_dir() else each.name
        yield Arrived(name, content, "", Via.COMMAND, moment.now, f"command:{digest}", "command")


def _walk(folder: Path, left: list[str], *, deep: bool) -> Iterator[Path]:
    """Yield the files of a folder that were handed in; links are not followed, but named in ``left``.

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
        files += [Path(place) / name for name in folders if (Path(place) / name).is_symlink()]
        for each in files:
            if each.is_file() and not each.is_symlink():
                yield each
            else:
                where = Path(place).relative_to(folder) / shown_name(each)
                left.append(f"{where.as_posix()}：是链接（快捷方式）或设备，不是文件，没有收")


def _is_aside(name: str) -> bool:
    """Say whether a file or folder is none that was handed in: hidden, a lock of Excel, copies of ours."""
    return name == RETURNED or name.startswith(("~$", "."))


def _put_back(taken: Sequence[TakenIn], folder: Path) -> list[str]:
    copies: dict[Path, bytes] = {}
    for one in taken:
        if one.marked is not None:
            stem = plain_name(Path(one.name).stem, 120)
            mark = hashlib.sha256(one.marked).hexdigest()[:8]
            copies[folder / f"{stem}-{RETURNED}-{mark}.xlsx"] = one.marked
    if copies:
        folder.mkdir(exist_ok=True)
        write_all({path: content for path, content in copies.items() if not path.exists()})
    return [path.name for path in copies]
