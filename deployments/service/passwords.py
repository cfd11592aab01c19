"""The password of the UI, from where nobody else on the machine sees it: prompt, file, environment."""

import sys
from getpass import getpass
from pathlib import Path

from models.errors import ServerError
from models.files.disks import how_to_close
from models.settings import settings

LONGEST = 200
NOT_A_TERMINAL = "--ask-password 要在终端里使用；由程序启动时请用 --password-file 文件"


def chosen_password(argument: str | None, file: Path | None, *, ask: bool) -> str | None:
    """Return the password that the office chose, None where it chose none.

    A prompt comes before a file, a file before `SHIFAN_PASSWORD`. Raises ServerError in one line: for
    an ``argument`` (every user of the machine sees it in the list of processes), for a file that
    others can read or that holds no single line, and when nobody is there to be asked.
    """
    if argument is not None:
        raise ServerError(
            "口令不能写在命令里（这台电脑上谁都看得到）；请改用 --ask-password（当场输入）、"
            "--password-file 文件，或环境变量 SHIFAN_PASSWORD"
        )
    if ask:
        return _typed()
    if file is not None:
        return _in_file(file)
    secret = settings().password
    return secret.get_secret_value() if secret else None


def database_password(file: Path | None, *, ask: bool) -> str | None:
    """Return the password of a database: typed at a prompt, or from a file; None where neither is asked for.

    Raises ServerError as `chosen_password` does.
    """
    if not ask:
        return _in_file(file) if file is not None else None
    if not sys.stdin.isatty():
        raise ServerError(NOT_A_TERMINAL)
    return getpass("数据库的口令：")


def _typed() -> str:
    if not sys.stdin.isatty():
        raise ServerError(NOT_A_TERMINAL)
    typed = getpass("设定访问界面的口令：")
    if typed != getpass("再输入一次："):
        raise ServerError("两次输入的口令不一样，没有启动")
    return typed


def _in_file(file: Path) -> str:
    try:
        if not file.is_file():
            raise ServerError(f"口令文件 {file} 不存在或不是文件")
        if file.stat().st_mode & 0o077:
            raise ServerError(f"口令文件 {file} 别人也能读到；{how_to_close(file)}")
        with file.open(encoding="utf-8-sig") as opened:
            lines = opened.read(LONGEST + 2).splitlines()
    except (OSError, ValueError):
        raise ServerError(f"口令文件 {file} 读不出来，应是一行文字，只有自己能读") from None
    if len(lines) != 1 or not lines[0] or len(lines[0]) > LONGEST:
        raise ServerError(f"口令文件 {file} 应只有一行口令，最多 {LONGEST} 个字")
    return lines[0]
