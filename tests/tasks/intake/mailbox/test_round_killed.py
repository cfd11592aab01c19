"""A round, half by folder and half by mail, killed at ten points on either database, against one that was not."""

import email
import email.policy
import io
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import SQLModel, col, func, select
from sqlmodel.sql.sqltypes import UTCDateTime

from models.audit.chain import AuditEntry
from models.campaign.work import Assignment
from models.database import engine_for, open_session
from models.evidence.intake.received import ReceivedFile
from models.evidence.vault.keeping import is_kept, read_kept
from models.figures.score import ScoringRule
from models.settings import settings
from models.units.unit import Unit
from tasks.audit.chain import verify
from tasks.intake.mailbox.answers import REPEAT
from tasks.ledgers.exporting import export_ledgers
from tests.conftest import CAMPAIGN, ON_BOTH
from tests.places import ROOT
from tests.support.imap import Dovecot
from tests.support.pieces import indicator
from tests.support.round_of_ledgers import fill_in
from tests.tasks.intake.mailbox.conftest import emptied
from tests.tasks.intake.mailbox.test_ledgers_by_mail import CAME, as_mail, later, out, way_out
from tests.tools.fake_provider import FakeMail

__all__ = ["out"]
pytestmark = pytest.mark.imap
UNITS = 4  # two in the folder, two by mail
KILLS = 10
LARGEST = 10_000_000  # bytes of a marked copy
# What may be otherwise after a kill: when, under which number, how often tried. Of marked copies, which
# hold the hour of their making, the cells are compared.
OTHERWISE = {"id", "answer_tries", "maybe_sent", "said", "returned_sha256", "attached"}
UNTOLD = {"audit_entry", "audit_head", "clock_watch", "database_state"}


@dataclass(frozen=True)
class Round:
    """What units sent, as a folder and as mails; what it came to without a kill, and how long each part took."""

    inbox: Path
    mails: list[bytes]
    end: dict[str, Any]
    seconds: dict[str, float]


class OfficeAtWork:
    """The process that rounds are forked from; one at a time, each may be killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tests.tools.evidence_round"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._next() == "ready"

    def whole(self, run: int) -> dict[str, float]:
        """Let a round come to its end; return how long each part of it took."""
        self._begin(run)
        begun, took, part = time.monotonic(), {}, ""
        while part != "done":
            said = self._next()
            took[part], begun, part = time.monotonic() - begun, time.monotonic(), said
        assert self._ended() == 0
        return took

    def killed(self, run: int, part: str, seconds: float) -> bool:
        """Kill a round so long after ``part`` began; say whether it was still under way."""
        pid = self._begin(run)
        while self._next() != part:
            pass
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)  # it is there: nobody asked yet how it ended
        return self._ended() == -signal.SIGKILL

    def close(self) -> None:
        self._process.communicate(timeout=30)

    def _begin(self, run: int) -> int:
        self._order(f"{self._folder} {run}")
        return int(self._next().removeprefix("pid "))

    def _ended(self) -> int:
        self._order("")
        while not (said := self._next()).startswith("ended "):
            pass
        return int(said.removeprefix("ended "))

    def _order(self, words: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(words + "\n")
        self._process.stdin.flush()

    def _next(self) -> str:
        assert self._process.stdout is not None
        said = self._process.stdout.readline().strip()
        assert said, "the process that forks is gone"
        return said


def set_up(campaign_id: int, out: Path) -> None:
    """Give four units three indicators each to lead, and send the ledgers out."""
    with open_session() as session:
        parts = func.count(col(Assignment.id)).desc()
        busiest = select(Unit).join(Assignment).where(Unit.campaign_id == campaign_id)
        units = session.exec(busiest.group_by(Unit).order_by(parts, Unit.id).limit(UNITS)).all()
        for n, unit in enumerate([*units, *units, *units]):
            id_ = indicator(session, campaign_id, f"1.1.{n + 1}", f"公开行政执法事项清单（{n}）")
            session.add(ScoringRule(campaign_id=campaign_id, indicator_id=id_, points=5))
            [assigned] = session.exec(select(Assignment).where(Assignment.indicator_id == id_))
            assigned.unit_id, assigned.due = unit.id, date(2025, 12, 31)
    out.mkdir()
    export_ledgers(CAMPAIGN, out, later())


def what_units_send(sent: Path, inbox: Path) -> list[bytes]:
    """Fill ledgers in: two stay in ``inbox``, two are returned as mails.

    The first mail brings a file that a unit of the folder has sent, too. The second lacks its files, as
    mails do: which mail comes first says nothing then of the numbers of the pieces.
    """
    inbox.mkdir()
    by_size = sorted(sent.glob("*.xlsx"), key=lambda path: (-path.stat().st_size, path.name))
    paths = by_size[:UNITS]
    filled = [fill_in(path, inbox, n + 4, first="1.") for n, path in enumerate(paths)]
    assert all(one.bad and len(one.files) == 3 for one in filled)
    shutil.copy(inbox / filled[0].files[0], inbox / filled[2].files[0])
    for name in filled[3].files:
        (inbox / name).unlink()
    filled[3].files.clear()
    return [as_mail(inbox, inbox / paths[n].name, filled[n], n) for n in (2, 3)]


def in_the_end(folder: Path, out: FakeMail) -> dict[str, Any]:
    """Return what a round came to: every row but for when and under which number, answers, paper, package."""
    assert verify().lines == []
    with open_session(read_only=True) as session:
        rows = {
            table.name: sorted(
                repr([counted(one) if isinstance(one, str) else one for one in row])
                for row in session.connection().execute(
                    table.select().with_only_columns(*map(table.c.get, compared(table)))
                )
            )
            for table in SQLModel.metadata.sorted_tables
            if table.name not in UNTOLD and compared(table)
        }
        files = session.exec(select(ReceivedFile)).all()
        assert all(is_kept(one.sha256) for one in files)
        returned = {one.name: one.returned_sha256 for one in files if one.returned_sha256}
        deeds = set(session.exec(select(AuditEntry.what)))
    return {
        "rows": rows,
        "deeds": deeds,
        "returned": {name: cells(read_kept(one, LARGEST)) for name, one in returned.items()},
        "answers": answers(out),
        "report": (folder / "自评报告.docx").read_bytes(),
        "package": (folder / "包.zip").read_bytes(),
    }


def counted(words: str) -> str:
    """Leave out what is new: what a kill left behind is not new in the round that goes on, which says so.

    That is how much was registered, and the lines of its marks; the marks themselves are compared as rows.
    """
    words = re.sub(r"\n *材料 E\d+：.*", "", words)
    return re.sub(r"(接着上次.*?又)?(登记|收下材料) \d+ (处|份)", r"\2 n \3", words)


def compared(table: Any) -> list[str]:
    """Return the columns of a table that say the same however often a round was killed."""
    return [
        one.name
        for one in table.columns
        if not (one.foreign_keys or isinstance(one.type, UTCDateTime) or one.name in OTHERWISE)
    ]


def cells(workbook: bytes) -> list[list[tuple[object, object]]]:
    """Return what every cell of every sheet holds, and the note at it."""
    book = load_workbook(io.BytesIO(workbook))
    return [
        [
            (cell.value, cell.comment and cell.comment.text)
            for row in page.iter_rows()
            for cell in row
        ]
        for page in book.worksheets
    ]


def answers(out: FakeMail) -> dict[tuple[str, str], tuple[str, list[Any]]]:
    """Return the words and files of each answer; sent again, it has the same number and says that it is."""
    told = {}
    for raw in out.letters:
        one = email.message_from_bytes(raw, policy=email.policy.default)
        body = one.get_body(("plain",))
        assert body is not None
        words = str(body.get_content()).replace("\r\n", "\n").removeprefix(REPEAT)
        files = [cells(bytes(each.get_content())) for each in one.iter_attachments()]
        key = str(one["To"]), str(one["Message-ID"])
        words = counted(words)
        assert told.setdefault(key, (words, files)) == (words, files)
    return told


@pytest.fixture(scope="module")
def unkilled(
    sqlite_files: dict[str, Path], mail_server: Dovecot, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Round]:
    """The same round without a kill, once for both databases."""
    place = tmp_path_factory.mktemp("unkilled")
    home, inbox, work = place / "home", place / "收件", place / "work"
    home.mkdir()
    shutil.copy(sqlite_files[CAMPAIGN], home / "shifan.db")
    with pytest.MonkeyPatch.context() as patch, FakeMail() as mail:
        patch.delenv("SHIFAN_DATABASE_URL", raising=False)
        patch.setenv("SHIFAN_HOME", str(home))
        way_out(mail, place, patch)
        set_up(1, place / "发出")
        mails = what_units_send(place / "发出", inbox)
        emptied(mail_server, patch).put(*mails, when=CAME)
        shutil.copytree(inbox, work / "收件")
        office = OfficeAtWork(work)
        seconds = office.whole(0)
        office.close()
        end = in_the_end(work, mail)
        engine_for(settings().database).dispose()
    yield Round(inbox, mails, end, seconds)


@ON_BOTH
def test_a_round_killed_at_ten_points_ends_as_one_that_was_not(
    unkilled: Round, imap: Dovecot, out: FakeMail, campaign_id: int, tmp_path: Path
) -> None:
    set_up(campaign_id, tmp_path / "发出")
    imap.put(*unkilled.mails, when=CAME)
    shutil.copytree(unkilled.inbox, tmp_path / "work" / "收件")
    office = OfficeAtWork(tmp_path / "work")
    chance = random.Random(21)
    kills = run = 0
    span = {"folder": unkilled.seconds["folder"], "mail": unkilled.seconds["mail"]}
    span["mail"] += unkilled.seconds["papers"]
    while kills < KILLS:
        run += 1
        part = "folder" if kills < KILLS // 2 else "mail"
        if office.killed(run, part, chance.uniform(0, span[part])):
            kills += 1
        else:  # it was through before: what is left is shorter
            span[part] /= 2
    office.whole(run + 1)
    office.close()

    end = in_the_end(tmp_path / "work", out)
    for name, rows in unkilled.end["rows"].items():
        assert end["rows"][name] == rows, name
    assert end == unkilled.end
