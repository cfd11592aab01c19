"""Error reports: the traceback of a fault of ours, in the home's `logs/`, without secrets."""

import os
import re
import tempfile
import traceback
from pathlib import Path
from urllib.parse import unquote, urlsplit

from models.errors import CampaignError
from models.files.home import home
from models.settings import settings
from notifications.saying.scrub import scrubber

SECRET_NAME = re.compile(r"PASS|SECRET|TOKEN|KEY|AUTH|CREDENTIAL", re.I)


def keep_report(error: BaseException) -> str:
    """Write the traceback of ``error`` for an engineer; return in one Chinese line where it lies.

    Passwords, tokens and addresses in it are masked. Where the home cannot be written, no file is
    made anywhere else, and the line names the place of the fault instead. Never raises.
    """
    try:
        file = _write(_masked("".join(traceback.format_exception(error))))
    except (OSError, CampaignError):
        return f"程序内部出错，没有完成；数据目录不能写，没有留下错误报告，出错处是 {_place(error)}"
    return f"程序内部出错，没有完成；请把 {file} 交给维护人员"


def _write(text: str) -> str:
    folder = home() / "logs"
    folder.mkdir(exist_ok=True)
    # mkstemp makes a new file with mode 0600 and a name of its own, also for two faults at once.
    handle, name = tempfile.mkstemp(prefix="error-", suffix=".txt", dir=folder, text=True)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return name


def _masked(text: str) -> str:
    """Return ``text`` line by line without secrets; a traceback's indents stay."""
    clean = scrubber(_secrets())
    lines = text.splitlines()
    return "".join(f"{line[: len(line) - len(line.lstrip())]}{clean(line)}\n" for line in lines)


def _secrets() -> list[str]:
    """Return what must not stand in a report: passwords of the settings, secrets of the environment."""
    found = [value for name, value in os.environ.items() if SECRET_NAME.search(name)]
    try:
        known = settings()
    except CampaignError:
        return found
    password = urlsplit(known.database_url).password
    found += [unquote(password)] if password else []
    found += [known.password.get_secret_value()] if known.password else []
    found += [known.metrics_token.get_secret_value()] if known.metrics_token else []
    return found


def _place(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = f"，{Path(last[0].filename).name} 第 {last[0].lineno} 行" if last else ""
    return f"{type(error).__name__}{where}"
