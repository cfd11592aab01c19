"""What to do about a file that others can read: close it, or move it off a disk that knows no users."""

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")  # Linux; elsewhere nothing is known of disks
# Kinds of disk on which chmod does nothing, or says that it may not: sticks, Windows' disks and shares.
WITHOUT_MODES = {
    "vfat", "msdos", "umsdos", "exfat", "fuse.exfat", "ntfs", "ntfs3", "ntfs-3g", "fuseblk", "cifs",
    "smb3", "smbfs", "9p", "drvfs", "vboxsf", "fuse.vmhgfs-fuse", "prl_fs",
}  # fmt: skip


def how_to_close(path: Path, told_by: str = "") -> str:
    """Return in Chinese what to do so that nobody else reads ``path``.

    ``told_by`` is the setting or option that names the file, to be changed when it moves.
    """
    kind = disk_without_modes(path)
    if not kind:
        return f"请先运行 chmod 600 {path}"
    follow = f"，再把 {told_by} 改成新的位置" if told_by else ""
    return (
        f"它所在的磁盘（{kind}）不区分用户，chmod 在这里不起作用；"
        f"请把它移到本机硬盘，例如 {Path.home() / path.name}，对新的文件运行 chmod 600{follow}"
    )


def disk_without_modes(path: Path) -> str:
    """Return the kind of the disk that ``path`` is on when it knows no users' modes, else ""."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    whole = path.absolute().resolve()
    kinds = {_unescaped(f[1]): f[2] for line in lines if len(f := line.split(" ")) > 2}
    places = [place for place in (whole, *whole.parents) if str(place) in kinds]
    kind = kinds[str(places[0])] if places else ""
    return kind if kind in WITHOUT_MODES else ""


def _unescaped(place: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place)
