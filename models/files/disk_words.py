"""What the system says of a file or a disk, in an office's words: never English, never a path."""

import errno

_OF_THE_DISK = {
    errno.EROFS: "那里只能读，不能写",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EIO: "磁盘读写出错",
}
_REASONS = _OF_THE_DISK | {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EMFILE: "打开的文件太多",
}


def reason_of(error: OSError) -> str:
    """Return why the system refused."""
    return _REASONS.get(error.errno or 0, "磁盘或路径有问题")


def reason_known(error: OSError) -> bool:
    """Say whether `reason_of` knows what to call it."""
    return error.errno in _REASONS


def is_of_the_disk(error: OSError) -> bool:
    """Tell what comes of the disk as a whole: whatever had been written would have met it."""
    return error.errno in _OF_THE_DISK
