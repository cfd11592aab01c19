"""One file in a process of its own: compiled, and handed to each of the five lists; what came of it."""

import contextlib
import hashlib
import io
import os
import re
import shutil
import sqlite3
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from models.plan.reading.text.document import Document
from tests.support.letter_count import kind_by_bytes, letters_in, lost, not_found, twice
from tests.support.list_cells import silent_cells, watched_books

LISTS = ("units", "posts", "progress", "indicators", "holidays")
CHINESE = re.compile("[\u4e00-\u9fff]")
CAMPAIGN, DATABASE = "jc", "shifan.db"
NO_PLAN = 3  # exit code of what is read and is no plan
LONGEST = 300  # characters of an answer that are shown


@dataclass(slots=True)
class Tried:
    """What became of a file; ``ended`` says why it was given up before its end."""

    read: bool = False
    taken: list[str] = field(default_factory=list)  # the lists that took it in
    named: int = 0  # letters that the reader itself names as lost
    silent: int = 0  # letters lost without a word
    twice: list[str] = field(default_factory=list)
    slowest: float = 0.0  # seconds of the slowest of the commands
    mebibytes: int = 0
    cells: list[str] = field(
        default_factory=list
    )  # of a list that was taken: neither read nor named
    errors: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    said: str = ""
    ended: str = ""

    @classmethod
    def of(cls, facts: dict[str, Any]) -> Self:
        """Return what `as_facts` was made of."""
        return cls(**facts)

    def as_facts(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        return asdict(self)

    def faults(self) -> list[str]:
        """Return what is wrong, in words."""
        return [
            *([f"悄悄少了 {self.silent} 个字"] if self.silent else []),
            *([f"说明少了 {self.named} 个字"] if self.named else []),
            *(f"名册里没收也没说：{cell}" for cell in self.cells[:3]),
            *(f"读了两遍：{line[:40]}" for line in self.twice[:2]),
            *([f"用了 {self.slowest:.1f} 秒"] if self.slowest > 10 else []),
            *([f"用了 {self.mebibytes} MiB"] if self.mebibytes > 500 else []),
            *self.errors,
            *(f"答的不是中文一行：{words}" for words in self.odd),
            *(f"拒绝时改了数据库：{words}" for words in self.changed),
            *([self.ended] if self.ended else []),
        ]


def set_up(folder: Path) -> None:
    """Make the database that every try begins with, a campaign loaded; load what the children share."""
    home = folder / "template"
    home.mkdir(mode=0o700)
    os.environ["SHIFAN_HOME"] = str(home)
    for name in ("DATABASE_URL", "CHANNELS", "LADDER", "PUBLIC_URL", "PASSWORD"):
        os.environ.pop(f"SHIFAN_{name}", None)
    import deployments.cli  # noqa: F401
    import tasks.lists.holidays  # noqa: F401
    import tasks.lists.indicators  # noqa: F401
    import tasks.lists.posts  # noqa: F401
    import tasks.lists.progress  # noqa: F401
    import tasks.lists.units  # noqa: F401
    import tasks.plans.compiling  # noqa: F401
    from flows.running import clock
    from models.database import engine_for
    from models.schema import upgrade
    from models.settings import settings
    from tests.support.packs import load_pack

    moment = clock.moment()
    upgrade(moment.now)
    load_pack(moment, CAMPAIGN)
    engine_for(settings().database).dispose()


def try_file(path: Path, folder: Path) -> Tried:
    """Compile ``path`` and hand it to each list, with the limits of this process."""
    path = path.resolve()
    home = folder / f"home-{os.getpid()}"
    home.mkdir(mode=0o700)
    os.environ["SHIFAN_HOME"] = str(home)
    os.chdir(home)  # nobody's .env
    tried = Tried()
    try:
        _fresh(folder, home)
        _compile(path, tried)
        loads = [[each, "load", str(path)] for each in LISTS]
        if kind_by_bytes(path.read_bytes()[:1_000_000]) == "xlsx" or path.suffix == ".xlsx":
            loads.append(["plan", "load", str(path)])
        for words in loads:
            before = _fingerprint(home)
            with watched_books() as seen:
                code, _ = _run(words, tried)
            if not code:
                tried.taken.append(words[0])
                if path.suffix == ".xlsx" and words[0] != "plan":
                    tried.cells += silent_cells(path, seen)
            if _fingerprint(home) != before:
                if code and _rows(home) != _rows(folder / "template"):
                    tried.changed.append(words[0])
                _fresh(folder, home)
    finally:
        os.chdir(folder)
        shutil.rmtree(home, ignore_errors=True)
    return tried


def _compile(path: Path, tried: Tried) -> None:
    from tasks.plans import compiling

    documents: list[Document] = []
    read = compiling.read_document

    def kept(path: Path, *more: Callable[[str], None]) -> Document:
        documents.append(read(path, *more))
        return documents[-1]

    compiling.read_document = kept
    code, said = _run(["plan", "compile", str(path), "--json"], tried, lines=1)
    compiling.read_document = read
    tried.read, tried.said = bool(documents), said[:LONGEST]
    if code and code != NO_PLAN and not said:
        tried.odd.append("（没有回答）")
    if documents:
        document = documents[0]
        written = replace(document, lines=document.written or document.lines)
        _count(path, written, tried)


def _count(path: Path, document: Document, tried: Tried) -> None:
    tried.named = sum(left.letters for left in not_found(document))
    try:
        held = letters_in(path)
    except Exception as error:  # a broken file that the reader takes all the same
        tried.said += f"（没有数：{error!r}）"[:LONGEST]
        return
    if held is not None:
        kind = kind_by_bytes(path.read_bytes(), path.suffix.lower())
        tried.silent, tried.twice = lost(document, held, kind), twice(document, held)


def _run(words: list[str], tried: Tried, lines: int | None = None) -> tuple[int, str]:
    """Run a command as it is typed; return its exit code and what it said of a refusal."""
    from deployments import cli

    out, said = io.StringIO(), io.StringIO()
    kept = cli._kept

    def keep(error: Exception) -> str:
        place = traceback.extract_tb(error.__traceback__)[-1]
        tried.errors.append(
            f"{' '.join(words[:2])} 内部错误 {error!r:.200} 在 {Path(place.filename).name} 第 {place.lineno} 行"
        )
        return "程序内部出错"

    cli._kept = keep
    began = time.monotonic()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
            code = cli.run(words)
    except BaseException as error:
        keep(error)  # type: ignore[arg-type]
        code = 1
    finally:
        cli._kept = kept
    tried.slowest = max(tried.slowest, time.monotonic() - began)
    answer = said.getvalue()
    told = [line for line in answer.splitlines() if line.strip()]
    if code and (
        not told or not all(map(CHINESE.search, told)) or len(told) > (lines or len(told))
    ):
        tried.odd.append(f"{words[0]}：{answer.strip()[:LONGEST]}")
    return code, answer.strip()


# --- the database ---------------------------------------------------------------------------------


def _fresh(folder: Path, home: Path) -> None:
    """Put a database into ``home`` that nothing has been done to."""
    from models.database import engine_for
    from models.settings import settings

    engine_for(settings().database).dispose()
    for old in home.glob(f"{DATABASE}*"):
        old.unlink()
    for each in (folder / "template").iterdir():
        if each.is_file():
            shutil.copy(each, home / each.name)


def _fingerprint(home: Path) -> str:
    files = sorted(home.glob(f"{DATABASE}*"))
    kept = [file.read_bytes() for file in files if not file.name.endswith("-shm")]
    return hashlib.sha256(b"".join(kept)).hexdigest()


def _rows(home: Path) -> str:
    """Return a mark of all that stands in the tables."""
    with contextlib.closing(sqlite3.connect(home / DATABASE)) as opened:
        marks = hashlib.sha256()
        for line in opened.iterdump():
            marks.update(line.encode())
    return marks.hexdigest()
