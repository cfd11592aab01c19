"""The hashes of files that are handed in; a large one is copied while it is hashed, so that it is read once."""

import hashlib
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path
from threading import Lock

from models.errors import ProgressError
from models.evidence.outcomes import LookedAt
from models.evidence.vault.drafts import Draft, InVault, drafted, sweep_drafts
from models.evidence.vault.keeping import ALGORITHM, pieces_of
from models.files.whole_file import Unread
from models.rules.bounds import shown
from models.rules.evidence.kinds import ending_of
from models.rules.evidence.pieces import NewEvidence
from models.rules.evidence.secrecy import secret_mark
from models.rules.evidence.suffixes import RECORDINGS
from tasks.evidence.examining.examine import LARGEST
from tasks.evidence.examining.media import HEAD, media_of

MOST_DRAFTS = (
    64  # open at once; the files after them are copied once it is known that they are news
)
RECORDING = (
    4_000_000  # bytes from which on a recording is not taken into memory: nothing in it is read
)


def is_large(one: NewEvidence) -> bool:
    """Say whether a piece's file is looked at where it lies, by its name and its first bytes alone."""
    if one.path is None:
        return False
    size = one.path.stat().st_size
    if RECORDING < size <= LARGEST:
        with one.path.open("rb") as file:
            return media_of(file.read(HEAD)) in RECORDINGS
    return size > LARGEST


class FilesHanded:
    """The files of one hand-in; of the large ones it holds drafts. A ``with`` around it drops what is not kept.

    No draft is made of what is marked as a secret by its name, nor of what may be there already: a size
    in ``there``. Nothing else of a large file could tell that it is a secret.
    """

    def __init__(self, there: Collection[int] = ()) -> None:
        self._there, self._drafts, self._stack = there, dict[Path, Draft](), ExitStack()
        self._one = Lock()  # a draft that two pieces share gets its name once

    def __enter__(self) -> "FilesHanded":
        """Return itself; drafts that a kill left are swept away."""
        sweep_drafts()
        return self

    def __exit__(self, *_: object) -> None:
        """Drop the drafts that were not kept."""
        self._stack.close()

    def hashed(self, one: NewEvidence) -> LookedAt:
        """Return the hash and size of a piece's file, read piece by piece where it lies on the disk."""
        ending = ending_of(one.file_name)
        if one.content is not None:
            digest = hashlib.new(ALGORITHM, one.content).hexdigest()
            return LookedAt(digest, len(one.content), ending)
        if one.path is None:
            return LookedAt()
        if draft := self._drafted(one, one.path):
            return LookedAt(draft.sha256, draft.size, ending)
        return _hashed_on_disk(one.path, ending)

    def _drafted(self, one: NewEvidence, path: Path) -> Draft | None:
        if path not in self._drafts:
            if len(self._drafts) >= MOST_DRAFTS or not is_large(one):
                return None
            if path.stat().st_size in self._there or secret_mark(one.file_name, ""):
                return None
            self._drafts[path] = self._stack.enter_context(drafted(pieces_of(path)))
        return self._drafts[path]

    def keep(self, path: Path, examined: str = "") -> InVault:
        """Put a file into the vault: its draft as it was hashed, or else what lies there now.

        Raises ProgressError, and keeps nothing, where that is not what was ``examined`` (its hash): somebody
        wrote to it meanwhile, and nobody looked at what it says now.
        """
        if draft := self._drafts.get(path):
            with self._one:
                return draft.keep()
        with drafted(pieces_of(path)) as now:
            if examined and now.sha256 != examined:
                raise ProgressError(f"“{shown(path.name)}”{Unread.CHANGED.value}")
            return now.keep()


def _hashed_on_disk(path: Path, ending: str) -> LookedAt:
    digest, size = hashlib.new(ALGORITHM), 0
    for piece in pieces_of(path):
        digest.update(piece)
        size += len(piece)
    return LookedAt(digest.hexdigest(), size, ending)
