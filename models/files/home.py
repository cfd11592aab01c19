"""The home: the folder that holds all state. Only the user who runs Shifan reads, lists or writes it.

Whoever writes a file of ours asks `home()` for the folder; who starts a process calls `keep_private`
before its first file, so that exports elsewhere are private too.
"""

import os
import pwd
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from models.errors import SettingsError
from models.files.disk_words import reason_of
from models.files.private import OTHERS, keep_private
from models.settings import settings

# How names of ours begin: one is proof that a folder is a home. The next could be anybody's.
MADE = (
    "shifan.db",
    "audit.key",
    "code.key",
    "door.key",
    "audit-heads.",
    "links.json",
    "heartbeat.",
    "doctor.",
    "up.lock",
    "upgrade.lock",
    "watchdog.",
    "survey-phones",
)
NEUTRAL = (
    "prefect",
    "prefect-server",
    "logs",
    "tmp",
    "backups",
    "backup.json",
    "checklists",
    "vault",
    "inbox",
    "退回",
    "lost+found",
    ".gitkeep",
    ".gitignore",
)
SETTINGS_FILES = (".yaml", ".yml")  # an office may lay its channels here before the first start

_found_well: set[Path] = set()
_ONLY_LOOKING: ContextVar[bool] = ContextVar("only_looking", default=False)


@contextmanager
def only_looking() -> Iterator[None]:
    """See that meanwhile, in this thread, no home, key or database is made, and nothing of them is mended."""
    token = _ONLY_LOOKING.set(True)
    try:
        yield
    finally:
        _ONLY_LOOKING.reset(token)


def is_only_looking() -> bool:
    """Say whether this thread is within `only_looking`."""
    return _ONLY_LOOKING.get()


def home() -> Path:
    """Return the home, there and private: made with mode 0700, one open to others mended and said so.

    Looked at once per process; within `only_looking` it is left as it is. Raises SettingsError in one line
    when it cannot be made, belongs to another user, or is plainly not ours: a folder shared with other things
    is never changed.
    """
    keep_private()
    folder = settings().home.absolute()
    if is_only_looking():
        if folder.is_dir():
            _require_ours(folder.resolve())
        return folder
    if folder not in _found_well or not folder.is_dir():
        _make(folder)
        _require_ours(folder.resolve())
        if folder.stat().st_mode & OTHERS:
            mend(folder)
        _found_well.add(folder)
    return folder


def mend(folder: Path) -> str:
    """Close ``folder`` and all in it to other users; say in one line what was open, and return it.

    Nothing is said, and "" returned, when nothing was. Repeatable. The folder itself is closed
    first, so nobody can put anything in the way meanwhile; links are left alone and never followed.
    """
    root = folder.resolve()
    kinds = {"文件夹": 0, "文件": 0}
    failed = 0
    for path, mode in _entries(root):
        if not mode & OTHERS:
            continue
        try:
            path.chmod(stat.S_IMODE(mode) & ~OTHERS)
            closed = not path.lstat().st_mode & OTHERS  # a file system without modes does nothing
        except FileNotFoundError:
            continue
        except OSError:
            closed = False
        failed += not closed
        kinds["文件夹" if stat.S_ISDIR(mode) else "文件"] += closed
    line = _in_words(root, kinds, failed)
    if line:  # from here, because only here is it known; whoever started the process reads it
        sys.stderr.write(line + "\n")
    return line


def _in_words(root: Path, kinds: dict[str, int], failed: int) -> str:
    if root.stat().st_mode & OTHERS:
        return (
            f"注意：数据目录 {root} 的权限改不了（所在的磁盘可能不支持权限），"
            "这台电脑的其他用户可能读到里面的内容；请用 SHIFAN_HOME 换到本机硬盘"
        )
    done = "、".join(f"{kind} {count} 个" for kind, count in kinds.items() if count)
    parts = [f"已改为只有本人能读写：{done}"] if done else []
    parts += [f"{failed} 个属于别的用户，没有改，请用 chown 改回本人"] if failed else []
    return f"数据目录 {root} 的权限过宽，{'；'.join(parts)}" if parts else ""


def _entries(root: Path) -> Iterator[tuple[Path, int]]:
    """Yield every folder and file from ``root`` down with its mode, a folder before what is in it.

    Where ``root`` is a user's whole home, only what is ours in it.
    """
    whole = root == _users_home()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        with suppress(OSError):  # gone meanwhile, or another user's folder
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                continue
            yield path, mode
            if stat.S_ISDIR(mode):
                waiting += [p for p in path.iterdir() if path != root or not whole or _ours(p.name)]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"不能建立数据目录 {folder}（{reason_of(error)}）；请检查权限，或用 SHIFAN_HOME 换一个地方"
        ) from None


def _require_ours(folder: Path) -> None:
    found = folder.stat()
    shared = folder == Path(folder.anchor) or found.st_mode & stat.S_ISVTX  # as /tmp is
    if shared or not _may_be_ours(folder):
        raise SettingsError(
            f"数据目录不能是 {folder}：它不是示范专用的文件夹，不能把它改成只有本人能读；"
            f"请把 SHIFAN_HOME 设为一个新的文件夹，例如 {folder / 'shifan'}"
        )
    if found.st_uid != os.geteuid():
        owner = _user(found.st_uid)
        raise SettingsError(
            f"数据目录 {folder} 属于用户 {owner}，现在的用户是 {_user(os.geteuid())}；"
            f"请以 {owner} 的身份运行，或用 SHIFAN_HOME 换一个地方"
        )


def _users_home() -> Path | None:
    """Return the home of the user, who may have been made for Shifan alone and keep it there."""
    with suppress(RuntimeError, OSError):
        return Path("~").expanduser().resolve()
    return None


def _ours(name: str) -> bool:
    """Say whether we make things of this ``name``, or an office lays them beside."""
    return (
        name.removeprefix(".").startswith(MADE) or name in NEUTRAL or name.endswith(SETTINGS_FILES)
    )


def _may_be_ours(folder: Path) -> bool:
    """Say whether ``folder`` is a home of ours, or holds nothing of anybody else's."""
    try:
        names = [entry.name for entry in folder.iterdir()]
    except PermissionError:  # another user's; that is said in its own line
        return True
    return any(name.startswith(MADE) for name in names) or all(map(_ours, names))


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
