"""The places where everything lies: room on their disks, who else could read them, the keys."""

import os
import re
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from models.audit.heads import KEY_FILE
from models.audit.heads_file import HEADS_FILE
from models.database import sqlite_file
from models.files.disks import disk_without_modes
from models.files.logs import FOLDER as FOLDER_OF_LOGS
from models.files.logs import KEPT_FOR, bytes_of_logs
from models.files.private import OTHERS
from models.settings import env_file, open_settings, settings
from tasks.decisions.sealing import KEY as CODE_KEY
from tasks.doctor.diagnosis import Diagnosis, bad, of_faults, to_look_at, well
from tasks.evidence.looking_up import size_words
from tasks.window.tokens import KEY as WINDOW_KEY

NO_ROOM, LITTLE_ROOM, LITTLE_SHARE = 1 << 30, 5 << 30, 0.05  # bytes, bytes, share of a disk
FEW_NAMES, NO_NAMES = 0.05, 0.01  # share of the files that a disk can still hold
MUCH_LOG = 2 << 30  # bytes
WHOLE_KEY = re.compile(rb"[0-9a-f]{64}\n?")


def room_left(_now: datetime) -> Diagnosis:
    """Say how much room the disks of home, vault and database have, in bytes and in files."""
    lines, worst = [], 0
    for names, place in _disks():
        usage, files = shutil.disk_usage(place), os.statvfs(place)
        share = usage.free / usage.total
        names_left = files.f_favail / files.f_files if files.f_files else 1.0
        level = max(_short(usage.free, share), (names_left < FEW_NAMES) + (names_left < NO_NAMES))
        worst = max(worst, level)
        few = f"，还能建的文件只剩 {names_left:.1%}" if names_left < FEW_NAMES else ""
        lines.append(
            f"{'、'.join(names)}所在的磁盘还有 {size_words(usage.free)}（{share:.0%}）{few}"
        )
    said, mend = "；".join(lines), "清理这块磁盘，或把数据目录移到大一些的磁盘"
    return (well(said), to_look_at(said, mend), bad(said, mend))[worst]


def _short(free: int, share: float) -> int:
    """Return 2 where writing may fail any day, 1 where somebody should look, 0 where there is room."""
    return 2 if free < NO_ROOM else int(free < LITTLE_ROOM and share < LITTLE_SHARE)


def _disks() -> Iterator[tuple[list[str], Path]]:
    """Yield each disk once, with what of ours lies on it."""
    home, file = settings().home, sqlite_file()
    wanted = {"数据目录": home, "材料库": home / "vault", "数据库": file.parent if file else home}
    there: dict[int, tuple[list[str], Path]] = {}
    for name, place in wanted.items():
        found = next((one for one in (place, *place.absolute().parents) if one.exists()), Path("/"))
        there.setdefault(found.stat().st_dev, ([], found))[0].append(name)
    yield from there.values()


def closed_to_others(_now: datetime) -> Diagnosis:
    """Say whether nobody else of this machine can read the home and what lies in it, settings, channels."""
    home = settings().home
    if not home.exists():
        return to_look_at(f"还没有数据目录 {home}", "启动一次就会建立", "shifan up")
    beside = [settings().channels, Path(env_file())]
    seen = [home, *home.iterdir(), *(path for path in beside if path and path.exists())]
    open_ = [path for path in seen if _is_open(path) and not _is_harmless(path)]
    if kind := disk_without_modes(home):
        return bad(
            f"数据目录所在的磁盘（{kind}）不区分用户，别人能读",
            "把它移到本机硬盘，再设 SHIFAN_HOME",
        )
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        return bad(f"数据目录 {home} 不能读写", "用启动示范的那个用户运行，或改回属主")
    names = "、".join(path.name or str(path) for path in open_[:5])
    typed = " ".join(["chmod go-rwx", *(str(path) for path in open_[:5])])
    return (
        bad(f"这台电脑的其他用户能读 {names}", "只留自己能读", typed)
        if open_
        else well("只有本人能读写")
    )


def _is_open(path: Path) -> bool:
    mode = path.lstat().st_mode
    return not stat.S_ISLNK(mode) and bool(mode & OTHERS)


def _is_harmless(path: Path) -> bool:
    """Say whether a file of settings holds nothing that others may not know."""
    return path == Path(env_file()) and not open_settings()


def keys_there(_now: datetime) -> Diagnosis:
    """Say whether the keys of this home are there and whole; none is made, nothing of one is said."""
    home, faults = settings().home, []
    for name, since in ((KEY_FILE, HEADS_FILE), (CODE_KEY, ""), (WINDOW_KEY, "")):
        path = home / name
        if not path.exists():
            if since and (home / since).exists():
                faults.append(f"没有 {name}，以前签名的链头核对不了")
        elif not WHOLE_KEY.fullmatch(path.read_bytes()):
            faults.append(f"{name} 是空的或不完整")
        elif path.stat().st_mode & OTHERS:
            faults.append(f"{name} 别人也能读到")
    there = [one for one in (KEY_FILE, CODE_KEY, WINDOW_KEY) if (home / one).exists()]
    said = f"{'、'.join(there)} 在，都完整" if there else "还没有用到密钥"
    return of_faults(faults, said, "把另存的那份放回数据目录，只留自己能读")


def logs_fit(_now: datetime) -> Diagnosis:
    """Say how much the logs take: none younger than half a year is deleted, so they may grow too large."""
    folder = settings().home / FOLDER_OF_LOGS
    if not folder.is_dir():
        return well("还没有日志")
    size = bytes_of_logs(folder)
    said = f"共 {size_words(size)}，满 {KEPT_FOR.days} 天的自动清理"
    if size > MUCH_LOG:
        return to_look_at(f"日志{said}", "按规定要留半年，不会自动删掉；旧的可以另存后移走")
    return well(said)
