"""When the last backup was made, as far as this machine can see: by our own command, or laid into `backups/`."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.backup.seen import is_backup
from models.database import sqlite_file
from models.files.home import home
from models.files.whole_file import write_whole
from models.settings import settings
from tasks.doctor.diagnosis import Diagnosis, to_look_at, well
from tasks.doctor.words import ago_in_words

FILE, FOLDER = "backup.json", "backups"  # in the home
OLD = timedelta(days=7)
COMMAND = "shifan db backup"
UNSEEN = "用 pg_dump 等别的办法备份的，这里看不到：请问清管数据库的人多久一次，试过恢复没有"


def note_backup(file: Path, now: datetime) -> None:
    """Note that ``file``, wherever it lies, was made a backup at ``now``: it may be carried away afterwards."""
    said = {"at": now.isoformat(), "file": file.name}
    write_whole(home() / FILE, json.dumps(said, ensure_ascii=False).encode(), lasting=False)


def last_backup(now: datetime) -> Diagnosis:
    """Say how old the newest backup is that can be seen; a copy that an upgrade or a restore kept is none."""
    on_a_server = sqlite_file() is None
    made = max(_made(), default=None)
    if made is None and on_a_server:
        return well(f"没有见过示范自己做的备份；{UNSEEN}")
    if made is None:
        return to_look_at(
            "还没有备份过（自己复制走的，这里看不到；升级、恢复时自动留下的不算）",
            "备份一次，连同材料库和密钥另存到别处",
            COMMAND,
        )
    at, name = made
    said = f"最近一份是 {ago_in_words(at, now)}的 {name}"
    if now - at <= OLD:
        return well(said)
    if not on_a_server:
        return to_look_at(said, "再备份一次，另存到别的机器", COMMAND)
    mend = f"再备份一次；改用别的办法的，把 {FOLDER} 里的旧备份和 {FILE} 移走，这一项就不再提醒"
    return to_look_at(f"{said}；{UNSEEN}", mend, COMMAND)


def _made() -> Iterator[tuple[datetime, str]]:
    """Yield when each backup that can be seen was made, and what it is called."""
    folder = settings().home / FOLDER
    for file in folder.iterdir() if folder.is_dir() else ():
        if is_backup(file):
            yield datetime.fromtimestamp(file.stat().st_mtime, UTC), file.name
    try:
        said = json.loads((settings().home / FILE).read_bytes())
        yield datetime.fromisoformat(said["at"]), str(said["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return
