"""Read a file that holds secrets, and refuse one that others on the machine can read."""

import stat
from pathlib import Path

from models.errors import ChannelError
from models.files.disks import how_to_close
from models.files.whole_file import FileFault, read_whole

CHANNELS = "通道配置文件"
LARGEST = (
    4_000_000  # bytes; a province's 9,000 robots, copied from their own pages, are 1.3 million
)


def read_private(path: Path, name: str) -> str:
    """Return the text of ``path``, which ``name`` calls in Chinese: UTF-8, else GB18030.

    Raises ChannelError when it is not there, not readable, not text, or open to group or others.
    """
    if problem := _problem(path, name):
        raise ChannelError(f"{name} {path} {problem}")
    try:
        raw = read_whole(path, LARGEST)
    except FileFault as fault:
        raise ChannelError(f"{name} {path} {fault.why.value}") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ChannelError(f"{name} {path} 不是文本文件，请用 UTF-8 保存")


def _problem(path: Path, name: str) -> str:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return "不是一个文件"
        if found.st_mode & 0o077:
            mode = stat.S_IMODE(found.st_mode)
            told_by = "SHIFAN_CHANNELS" if name == CHANNELS else "通道配置里的 gateway"
            return f"的权限是 {mode:04o}，别人也能读到里面的口令；{how_to_close(path, told_by)}"
        return ""
    except FileNotFoundError:
        return "不存在"
    except OSError:
        return "打不开，请检查它的权限"
