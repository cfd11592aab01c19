"""Read a file that somebody handed in: whole, bounded, the same from first byte to last; write one whole."""

import errno
import fcntl
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from enum import Enum
from pathlib import Path

from models.errors import NotFoundError, PlanError

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_FLAGS |= getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_DRAFTS, _LOCK = re.compile(r"\.[0-9a-f]{8}\.draft"), "lock"


class Unread(Enum):
    """Unread a file was not read, in the words a clerk is told behind its name."""

    MISSING = "不存在"
    NO_FILE = "不是文件（是文件夹、设备或管道）"
    LOCKED = "打不开，没有权限"
    LOOP = "打不开，链接指回了自己"
    LONG = "打不开，文件名太长"
    NO_FOLDER = "打不开，路径里有一段不是文件夹"
    ODD_NAME = "打不开，文件名里有不能使用的字符"
    DISK = "打不开，磁盘读取出错"
    ELSE = "打不开，路径不正确或磁盘有问题"
    LARGE = "过大"
    CHANGED = "正在被改动，请等它保存完再试"


_WORDS = {
    errno.ENOENT: Unread.MISSING,
    errno.EACCES: Unread.LOCKED,
    errno.EPERM: Unread.LOCKED,
    errno.ELOOP: Unread.LOOP,
    errno.ENAMETOOLONG: Unread.LONG,
    errno.ENOTDIR: Unread.NO_FOLDER,
    errno.EIO: Unread.DISK,
    errno.ENXIO: Unread.NO_FILE,  # a socket; a pipe that nobody reads
    errno.EISDIR: Unread.NO_FILE,
}


class FileFault(Exception):
    """A file that was not read; ``why`` says the reason, ``size`` its bytes where it is too large."""

    def __init__(self, why: Unread, size: int = 0) -> None:
        self.why, self.size = why, size
        super().__init__(why.value)


def read_whole(path: Path, largest: int) -> bytes:
    """Return every byte of a regular file of at most ``largest`` bytes.

    A link is followed; what it leads to is looked at after opening, so nothing can be put in its
    place in between, and a pipe keeps nobody waiting. Raises FileFault for what is no file, too
    large, unreadable, or changed while it was read.
    """
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        raise FileFault(_WORDS.get(error.errno or 0, Unread.ELSE)) from None
    except ValueError:  # a zero byte in the name
        raise FileFault(Unread.ODD_NAME) from None
    try:
        return _bytes_of(handle, largest)
    except OSError as error:
        raise FileFault(_WORDS.get(error.errno or 0, Unread.DISK)) from None
    finally:
        os.close(handle)


def read_given(path: Path, largest: int, what: str, hint: str = "") -> bytes:
    """Return what somebody handed in as ``what``; raises NotFoundError or PlanError, which ends with ``hint``."""
    try:
        return read_whole(path, largest)
    except FileFault as fault:
        if fault.why is Unread.MISSING:
            raise NotFoundError(f"找不到文件 {path}") from None
        large = f"超过 {largest // 1_000_000} MB，不像是{what}"
        words = large if fault.why is Unread.LARGE else f"{fault.why.value}{hint}"
        raise PlanError(shown_name(path), [f"文件{words}"]) from None


def write_whole(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Make ``content`` the file ``path``, readable by its owner only: the old file or the new, never half.

    See `write_all`.
    """
    write_all({path: content}, lasting=lasting)


def write_all(files: Mapping[Path, bytes], *, lasting: bool = True) -> None:
    """Write every file beside its place first, then move all: none is left half written.

    They are on the disk when this returns, their names too; without ``lasting`` a power cut may undo
    that. What a kill leaves behind is a folder whose name begins with a dot and ends with ``.draft``; it
    goes when something is written beside it next. Raises OSError that names the file.
    """
    path = next(iter(files), Path())
    try:
        with ExitStack() as held:
            places: dict[Path, Path] = {}
            drafts: dict[Path, Path] = {}
            for n, (path, content) in enumerate(files.items()):
                if path.parent not in places:
                    places[path.parent] = held.enter_context(_drafts_in(path.parent))
                drafts[path] = places[path.parent] / str(n)
                _write(drafts[path], content, lasting=lasting)
            for path, draft in drafts.items():
                draft.replace(path)
            for path in places if lasting else ():
                keep_names(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


@contextmanager
def _drafts_in(folder: Path) -> Iterator[Path]:
    """Yield an empty folder within ``folder`` that nobody else writes to or takes away; gone afterwards."""
    _sweep(folder)
    place, handle = _new_place(folder)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(handle)


def _new_place(folder: Path) -> tuple[Path, int]:
    while True:
        place = folder / f".{secrets.token_hex(4)}.draft"
        place.mkdir(mode=0o700)
        try:
            handle = os.open(place / _LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except FileNotFoundError:
            continue  # swept as soon as it was there
        with suppress(OSError):  # where files bear no locks nobody sweeps either
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return place, handle
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Take away what a kill has left: it let go of its lock."""
    with suppress(OSError), os.scandir(folder) as there:
        left = [Path(each.path) for each in there if _DRAFTS.fullmatch(each.name)]
        for place in left:
            with suppress(OSError):
                place.rmdir()  # nothing was written there
            with suppress(OSError):
                handle = os.open(place / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(place, ignore_errors=True)
                finally:
                    os.close(handle)


def _write(draft: Path, content: bytes, *, lasting: bool) -> None:
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        if lasting:
            file.flush()
            os.fsync(file.fileno())


def keep_names(folder: Path) -> None:
    """Bring the names in ``folder`` to the disk, as its files are."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _bytes_of(handle: int, largest: int) -> bytes:
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        raise FileFault(Unread.NO_FILE)
    if before.st_size > largest:
        raise FileFault(Unread.LARGE, before.st_size)
    parts, length = [], 0
    while length <= before.st_size and (part := os.read(handle, before.st_size + 1 - length)):
        parts.append(part)
        length += len(part)
    after = os.fstat(handle)
    unchanged = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not unchanged or length != before.st_size:
        raise FileFault(Unread.CHANGED)
    return b"".join(parts)


def shown_name(path: Path) -> str:
    """Return the name of ``path`` as text that can be printed and kept.

    A name that is no UTF-8 is read as GB18030, which is what old archives hold; what is neither
    loses the bytes nobody can read.
    """
    try:
        raw = os.fsencode(path.name)
    except UnicodeEncodeError:
        return path.name.encode("utf-8", "replace").decode()
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
