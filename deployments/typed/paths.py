"""Paths as they are typed: looked at before anything is read or written, told in one line."""

import errno
import os
import stat
import tempfile
from enum import Enum
from pathlib import Path

from models.files.disk_words import is_of_the_disk, reason_known, reason_of
from models.rules.bounds import LONGEST_FILE_NAME, LONGEST_PATH, in_sight, shown, text_fault


def of_a_file(error: OSError) -> str:
    """Return one line for what the system did to a file; empty where it is a fault of ours.

    A full disk met in the middle of writing names no file; that is no fault of ours either.
    """
    if error.errno == errno.ENOENT:
        return ""
    if error.filename and reason_known(error):
        # Whole: who has to find the file needs the end of its path.
        path = in_sight(str(error.filename), lines=False)
        folder, drafts, _ = path.rpartition("/drafts/")
        if drafts and folder.endswith("/vault"):  # a name of ours says nothing to an office
            return (
                f"证明材料库“{folder}”读写没有成功：{reason_of(error)}；"
                "请检查它的权限和所在的磁盘，再运行一次"
            )
        return f"“{path}”读写没有成功：{reason_of(error)}"
    if is_of_the_disk(error):
        return f"读写文件没有成功：{reason_of(error)}；请检查数据目录和要写到的文件夹所在的磁盘，再运行一次"
    return ""


class There(Enum):
    """What stands at a path."""

    NOTHING = "不存在"
    FOLDER = "是文件夹，不是文件"
    FILE = "是文件"
    OTHER = "不是普通文件"  # a pipe, a device, a socket, a link to nowhere


def there_is(path: Path) -> There:
    """Return what stands at ``path``, without opening it: a pipe would make us wait for ever."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return There.OTHER if os.path.lexists(path) else There.NOTHING
    if stat.S_ISDIR(mode):
        return There.FOLDER
    return There.FILE if stat.S_ISREG(mode) else There.OTHER


def written_path(text: str) -> Path:
    """Return the path that ``text`` writes; raises ValueError when no system could hold it."""
    if not text.strip():
        raise ValueError("没有写文件名")
    if fault := text_fault(text, LONGEST_PATH):
        raise ValueError(f"{fault}；文件名本身有这样的字符时，请先改名")
    path = Path(text)
    if any(len(part.encode()) > LONGEST_FILE_NAME for part in path.parts):
        raise ValueError(f"文件名太长：“{shown(path.name)}”，最多 {LONGEST_FILE_NAME} 个字节")
    if len(os.fsencode(path.absolute())) > LONGEST_PATH:
        raise ValueError(f"路径太长，最多 {LONGEST_PATH} 个字节")
    return path


def to_read(text: str) -> Path:
    """Return the path of a file that is there; raises ValueError for a folder, a pipe, a device."""
    path = written_path(text)
    if there_is(path) is There.NOTHING:
        if text.lower().startswith(("http://", "https://")):  # not repeated: it may hold a password
            raise ValueError("应写文件，写的是网址；证明材料是网页的，请写在 --url 后面")
        raise ValueError(f"找不到文件 {path}")
    _require_file(path)
    try:
        with path.open("rb"):
            return path
    except OSError as error:
        raise ValueError(f"打不开“{path}”：{reason_of(error)}") from None


def to_look_into(text: str) -> Path:
    """Return the path of a file or a folder that is there and can be read."""
    path = written_path(text)
    if there_is(path) is not There.FOLDER:
        return to_read(text)
    try:
        with os.scandir(path):
            return path
    except OSError as error:
        raise ValueError(f"打不开“{path}”：{reason_of(error)}") from None


def to_be_written(text: str) -> Path:
    """Return the path of a file whose folder is there; what stands there already is a plain file."""
    path = to_be_written_anywhere(text)
    if there_is(path.parent) is not There.FOLDER:
        raise ValueError(f"没有“{path.parent}”这个文件夹，请先建好，或换一个地方")
    return path


def to_be_written_anywhere(text: str) -> Path:
    """Return the path of a file whose folder is there or can be made."""
    path = written_path(text)
    if text.endswith("/") or not path.name:
        raise ValueError(f"“{path}”是文件夹，请写出文件名")
    to_hold_files(str(path.parent))
    if there_is(path) is not There.NOTHING:
        _require_file(path)
    return path


def to_hold_files(text: str) -> Path:
    """Return the path of a folder that is there or can be made."""
    path = written_path(text)
    standing = next(
        one for one in (path, *path.absolute().parents) if there_is(one) is not There.NOTHING
    )
    if there_is(standing) is not There.FOLDER:
        raise ValueError(f"“{standing}”不是文件夹")
    try:
        with tempfile.TemporaryFile(dir=standing):  # rights alone do not say: a full disk, /proc
            return path
    except OSError as error:
        raise ValueError(f"写不进文件夹“{standing}”：{reason_of(error)}") from None


def _require_file(path: Path) -> None:
    if (there := there_is(path)) in (There.FOLDER, There.OTHER):
        raise ValueError(f"“{path}”{there.value}")
