"""The file of settings, `.env`: refused before any library reads it where it is none, and who else reads it."""

import io
from collections.abc import Iterable
from pathlib import Path

from dotenv.parser import parse_stream

from models.errors import SettingsError
from models.files.disks import how_to_close
from models.files.private import OTHERS
from models.files.whole_file import FileFault, Unread, read_whole

LARGEST_FILE = 1_000_000  # bytes of .env


def require_settings_file(file: Path) -> None:
    """Refuse what is no file of settings before the libraries read it, ours and Prefect's.

    They would wait for a pipe, take a giant, and pass over in silence what they cannot read: text of
    two bytes a letter, a line that is no setting.
    """
    try:
        raw = read_whole(file, LARGEST_FILE)
    except FileFault as fault:
        if fault.why is Unread.MISSING:
            return
        raise SettingsError(f"当前文件夹里的 .env {fault.why.value}") from None
    if wrong := _unreadable(raw):
        raise SettingsError(f"当前文件夹里的 .env {wrong}")


def _unreadable(raw: bytes) -> str:
    """Return why ``raw`` cannot be read as settings; "" when it can."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw:
        return "是 UTF-16 编码（记事本叫“Unicode”），请另存为 UTF-8"
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "不是 UTF-8 编码（记事本的“ANSI”就不是），请另存为 UTF-8"
    for line in parse_stream(io.StringIO(text)):
        if line.error or (line.key and line.value is None):
            said = line.original.string
            number = line.original.line + said[: len(said) - len(said.lstrip())].count("\n")
            return f"第 {number} 行看不懂，应写成 名称=值，说明文字前面加 #"
    return ""


def open_secrets(file: Path, secret: Iterable[str]) -> str:
    """Return in words that others can read the file while it holds one of the ``secret`` names; else "".

    A database's address counts where it holds a password. Values are shown to nobody.
    """
    try:
        if not file.stat().st_mode & OTHERS:
            return ""
        said = parse_stream(io.StringIO(file.read_text("utf-8-sig")))
        there = {line.key.upper(): line.value or "" for line in said if line.key}
    except (OSError, UnicodeDecodeError):
        return ""
    held = [name for name in secret if _is_secret(there.get(name, ""))]
    if not held:
        return ""
    return f"{file.absolute()} 里有 {'、'.join(held)}，这台电脑的其他用户也能读到；{how_to_close(file)}"


def _is_secret(value: str) -> bool:
    """Say whether a value is one: an address is, with a password in it."""
    before, is_address, rest = value.partition("://")
    return ":" in rest.rpartition("@")[0] if is_address else bool(before)
