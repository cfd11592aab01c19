"""Rehearse a campaign: on a copy of the facts, in a process and a folder of its own, which leave nothing behind."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from pathlib import Path
from typing import Any

from models.campaign.campaign import campaign_named, require_open
from models.database import open_session
from models.errors import ProgressError
from models.rehearsal.copying import copy_office
from models.rehearsal.days import is_campaign
from models.rules.calendar.moment import Moment
from models.rules.rehearsal.pace import PaceKind
from models.rules.rehearsal.values import Rehearsal
from models.rules.rehearsal.values_json import from_values
from models.settings import ROOT, settings
from notifications import links
from tasks.rehearsal.asked import AskedRehearsal
from tasks.rehearsal.ground import require_span
from tasks.rehearsal.paces import read_pace_file
from tasks.rehearsal.walker import WATCHED

Tell = Callable[[int, int], None]
LONGEST_LINE = 512 * 1024 * 1024  # bytes of an answer
BROKEN = (
    "演练没有做完：演练的进程意外结束了（多半是内存或磁盘不够），没有留下任何东西；请再运行一次"
)


def rehearse(
    asked: AskedRehearsal, moment: Moment, tell: Tell = lambda _done, _of: None
) -> Rehearsal:
    """Walk what is ``asked`` ahead and return what came of it; ``tell`` hears how many days are done, and of how many.

    The office's database is only read, nobody is spoken to, and nothing is left on the disk, however this ends.
    The same facts give the same value. Raises CampaignError in one line for what cannot be rehearsed.
    """
    _require(asked)
    with _folder() as folder, _walker(folder) as process:
        copy_office(folder / "home" / "shifan.db")
        _bring_along(folder / "home")
        request = {"asked": asked.as_json(), "now": moment.now.astimezone(UTC).isoformat()}
        return _answered(process, request, tell)


def _require(asked: AskedRehearsal) -> None:
    """Raise CampaignError at once for what no walk could begin with: nothing of that name, no such pace."""
    require_span(asked.first, asked.last)
    with open_session(read_only=True) as session:
        known = not asked.what or is_campaign(session, asked.what)
        if known:
            require_open(campaign_named(session, asked.what or None))
    if not known:
        from tasks.plans.loading import find_plan  # reads documents, which takes a second to learn

        find_plan(asked.what)
    if asked.pace not in set(PaceKind):
        read_pace_file(Path(asked.pace))


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=WATCHED))  # only its owner reads it
    try:
        (folder / "home").mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _walker(folder: Path) -> "Iterator[subprocess.Popen[str]]":
    environment = {
        **os.environ,
        "SHIFAN_HOME": str(folder / "home"),
        "SHIFAN_DATABASE_URL": "",
        "PYTHONHASHSEED": "0",
    }
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-m", "tasks.rehearsal.walker"],
        env=environment | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,  # Ctrl-C reaches the parent alone, which ends it
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()


def _answered(process: "subprocess.Popen[str]", request: Any, tell: Tell) -> Rehearsal:
    assert process.stdin is not None and process.stdout is not None
    with suppress(BrokenPipeError):
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
    while line := process.stdout.readline(LONGEST_LINE):
        try:
            kind, value = json.loads(line)
        except ValueError:
            break
        if kind == "done":
            return from_values(value)
        if kind == "fault":
            raise ProgressError(value)
        tell(*value)
    raise ProgressError(BROKEN)


def _bring_along(home: Path) -> None:
    """Let the copy know the window's address, which messages lead to."""
    found = settings().home / links.FILE
    with suppress(OSError):
        shutil.copyfile(found, home / links.FILE)
