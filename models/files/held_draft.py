"""A file or folder that grows beside its place under a name of its own, and has its name when it is whole."""

import fcntl
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from models.errors import NotFoundError, PlanError
from models.files.whole_file import keep_names

DRAFT, PARTS = ".draft", ".parts"
NAME_OF_A_DRAFT = 50  # characters of its file's, so that a long name is not too long for it


@dataclass(frozen=True, slots=True)
class HeldDraft:
    """What will be ``out``: where it grows, and the handle that nobody else has a lock on."""

    path: Path
    handle: int
    folder: bool

    @contextmanager
    def parts(self) -> Iterator[Path]:
        """Yield an empty folder beside it for what goes into it; gone afterwards, or with the next run."""
        place = self.path.with_suffix(PARTS)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def drop(self) -> None:
        """Take it away."""
        if self.folder:
            shutil.rmtree(self.path, ignore_errors=True)
        else:
            with suppress(OSError):
                self.path.unlink()


@contextmanager
def held_draft(out: Path, *, folder: bool = False) -> Iterator[HeldDraft]:
    """Yield the draft of ``out``, a file or a ``folder``, which has that name when the block ends well.

    So whatever is to be known of ``out`` is registered at the end of the block: where the register is
    full or refuses, nothing stays under the name or beside it. The draft's name begins with a dot and
    ends with .draft. Killed or stopped by hand, it stays and the next run for the same ``out`` takes it
    over; a fault takes it away. Two at once: the second is told so. Raises PlanError when ``out`` is there.
    """
    require_new(out)
    with _locked(out, folder=folder) as draft:
        try:
            yield draft
            if not folder:
                os.fsync(draft.handle)
            require_new(out)
            draft.path.rename(out)
        except Exception:  # not what stops it by hand
            draft.drop()
            raise
        keep_names(out.absolute().parent)


def sweep_held(folder: Path) -> None:
    """Remove the drafts of files in ``folder`` that nobody holds any more: a kill has left them."""
    for path in (*folder.glob(f".*{DRAFT}"), *folder.glob(f".*{PARTS}")):
        draft = path.with_suffix(DRAFT)
        with suppress(OSError):
            handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(draft.with_suffix(PARTS), ignore_errors=True)
                draft.unlink()
            finally:
                os.close(handle)


def require_new(out: Path) -> None:
    """Raise PlanError for what is there, NotFoundError where its folder is not."""
    if out.exists():
        raise PlanError(out.name, ["已经存在，不会覆盖，请换一个名字"])
    if not out.absolute().parent.is_dir():
        raise NotFoundError(f"没有 {out.parent} 这个文件夹")


def _draft_of(out: Path) -> Path:
    """Return where ``out`` grows; a long name is shortened, and stays one of its own."""
    name = out.name
    if len(name) > NAME_OF_A_DRAFT:
        name = f"{name[:NAME_OF_A_DRAFT]}-{zlib.crc32(name.encode()):08x}"
    return out.with_name(f".{name}{DRAFT}")


@contextmanager
def _locked(out: Path, *, folder: bool) -> Iterator[HeldDraft]:
    """Open the draft, made where it is not there, for nobody but us; the kernel lets go of it."""
    draft = _draft_of(out)
    if folder:
        draft.mkdir(mode=0o700, exist_ok=True)
    flags = os.O_RDONLY | os.O_DIRECTORY if folder else os.O_RDWR | os.O_CREAT
    handle = os.open(draft, flags | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PlanError(out.name, ["正在由另一个命令生成，请等它做完"]) from None
        if out.exists():  # the other has just ended: what we opened is out, or a draft of no use
            with suppress(OSError):
                draft.rmdir() if folder else draft.unlink()
            require_new(out)
        if os.fstat(handle).st_uid != os.geteuid():
            raise PlanError(out.name, [f"旁边的 {draft.name} 是别的用户的，请换一个名字"])
        yield HeldDraft(draft, handle, folder)
    finally:
        os.close(handle)
