"""Take a folder of evidence in by the list that lies in it: good rows at once, bad ones back, marked."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from models.campaign.campaign import looking_at
from models.errors import PlanError
from models.files.whole_file import read_given, shown_name, write_whole
from models.rules.calendar.moment import Moment
from models.rules.evidence.pieces import PieceTaken
from models.rules.evidence.words import Via
from tasks.evidence.folder_rows import FolderRows, path_within, refusals
from tasks.evidence.folder_sheets import CAN_BE_PROVED, PIECES_LISTED
from tasks.evidence.handing_in import hand_in
from tasks.ledgers.sheets import WHY_RETURNED, as_returned
from tasks.lists.belonging import campaign_of_book
from tasks.workbook.marking import marked_book
from tasks.workbook.opening import LARGEST_FILE
from tasks.workbook.reading import Book, book_of

MOST_FILES = 20_000  # of one folder
RETURNED = "-退回-"
SHOWN = 20  # names that are said one by one


@dataclass(frozen=True, slots=True)
class FolderTaken:
    """What came of a list: in one line, what of it and of its folder was not taken, where the marked copy is."""

    line: str
    faults: Sequence[str] = ()
    notes: Sequence[str] = ()
    copy: Path | None = None
    taken: Sequence[PieceTaken] = field(default=(), repr=False)


def take_folder(slug: str | None, path: Path, by_post: str, moment: Moment) -> FolderTaken:
    """Hand in what the list in ``path`` says of the files beside it.

    Rows without a fault are handed in, in one transaction; the others come back in a marked copy beside
    the list. Again it changes nothing, and writes the same copy. Files of the folder that no row names
    are named. Raises PlanError where the list cannot be read at all, ProgressError as `hand_in` does.
    """
    content = read_given(path, LARGEST_FILE, "证明材料清单", "请先关闭这个文件再试")
    name = shown_name(path)
    book = book_of(name, content, (as_returned(PIECES_LISTED),), (CAN_BE_PROVED.name,))
    with looking_at(slug) as (session, _):
        own = campaign_of_book(session, slug, book).slug
    files = list(_files_beside(path))
    reader = FolderRows(book, _by_name(files, path.parent))
    listed = reader.pieces()
    if book.faults.loose:
        raise PlanError(name, book.faults.loose)
    taken = hand_in(own, [one.new for one in listed], by_post, Via.FOLDER, moment)
    good = list(refusals(listed, taken))
    copy = _marked_copy(path, content, book)
    left = [str(one.relative_to(path.parent)) for one in files if one not in reader.named]
    return FolderTaken(
        _line(reader.rows, good),
        book.faults.lines,
        [*book.notes(), *_left(left), *(note for one in good for note in one.notes)],
        copy,
        good,
    )


def _line(rows: int, good: Sequence[PieceTaken]) -> str:
    changed = [one for one in good if one.changed]
    new = sum(one.revision == 1 for one in changed)
    marks = sum(len(one.findings) for one in changed)
    said = [f"读到 {rows} 行，收下 {len(changed)} 份"]
    if new != len(changed):
        said.append(f"其中 {new} 份是新材料")
    if same := len(good) - len(changed):
        said.append(f"{same} 份已经报过，没有变化")
    if rows > len(good):
        said.append(f"{rows - len(good)} 行没有收")
    if marks:
        said.append(f"查出 {marks} 处标记，见 shifan evidence list --marked")
    return "，".join(said)


def _left(names: Sequence[str]) -> Iterator[str]:
    if names:
        more = f"等 {len(names)} 个" if len(names) > SHOWN else ""
        yield f"清单没有写到的文件，没有收：{'、'.join(names[:SHOWN])}{more}"


def _files_beside(path: Path) -> Iterator[Path]:
    """Yield the files that lie in the folder of a list, without the list, its copies and what is hidden."""
    seen = 0
    for place, folders, names in os.walk(path.parent):
        seen += len(names) + len(folders)
        if seen > MOST_FILES:
            raise PlanError(
                shown_name(path.parent), [f"里面的文件超过 {MOST_FILES} 个，请分几个文件夹"]
            )
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for one in sorted(names):
            file = Path(place) / one
            ours = file == path or (file.suffix == ".xlsx" and RETURNED in one)
            if not (ours or one.startswith(("~$", ".")) or file.is_symlink()) and file.is_file():
                yield file


def _by_name(files: Collection[Path], folder: Path) -> Mapping[str, Sequence[Path]]:
    """Return the files by their path within the folder, and by their name alone."""
    found: dict[str, list[Path]] = {}
    for file in files:
        for name in {str(file.relative_to(folder)), file.name}:
            found.setdefault(path_within(name), []).append(file)
    # A file that lies in the folder itself is meant before those of its subfolders.
    return {
        name: [one for one in those if path_within(str(one.relative_to(folder))) == name] or those
        for name, those in found.items()
    }


def _marked_copy(path: Path, content: bytes, book: Book) -> Path | None:
    """Write the list with its faults marked beside it; None where no row is wrong, or it cannot be made."""
    places = book.faults.places
    made = marked_book(content, places, (PIECES_LISTED,), WHY_RETURNED)
    if made is None:
        return None
    said = sha256(content + repr(places).encode()).hexdigest()[:8]
    stem = path.stem.partition(RETURNED)[0]
    copy = path.with_name(f"{stem}{RETURNED}{said}.xlsx")
    if not copy.exists():
        write_whole(copy, made, lasting=False)
    return copy
