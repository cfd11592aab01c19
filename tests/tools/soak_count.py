"""What `make soak` counts: memory and disk of each day and how they lean, and what was lost."""

import ctypes
import gc
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import text
from sqlmodel import col, func, select

from models.database import open_session
from models.files.home import home
from models.notices.notice import Delivery, Notice
from models.rules.notices.rule_words import RIDING_RULES
from tests.tools.chaos import NUMBER

MIB = 1 << 20
# The database and what goes with it; everything else in the home is logs, lists and papers.
DATABASE = ("shifan.db", "shifan.db-wal", "shifan.db-shm")


@dataclass(frozen=True, slots=True)
class Sample:
    """The evening of a day: MiB of memory, of the database, of all else but the vault; rows it holds."""

    day: date
    memory: float
    database: float
    rest: float
    vault: float
    rows: int

    def __str__(self) -> str:
        return (
            f"{self.day}：内存 {self.memory:.1f} MiB，数据库 {self.database:.1f}，材料库 {self.vault:.1f}，"
            f"其余 {self.rest:.1f}；{self.rows:,} 行"
        )


def sample(day: date) -> Sample:
    """Measure now.

    What the units fill their workbooks in with lies in this process too, in cycles that Python gathers up
    late: they are gathered before, for they are the tool's and none of ours. What was freed and the C library
    keeps for the next time is given back too: what leaks is what stays.
    """
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    with open_session() as session:
        session.execute(text("SELECT 1"))
        rows = session.exec(select(func.count(col(Notice.id)))).one()
        rows += session.exec(select(func.count(col(Delivery.id)))).one()
        rows += int(session.execute(text("SELECT count(*) FROM audit_entry")).scalar_one())
    whole, vault = _size(home()), _size(home() / "vault")
    database = _file(home() / DATABASE[0])
    beside = sum(_file(home() / name) for name in DATABASE)
    return Sample(
        day, resident / MIB, database / MIB, (whole - vault - beside) / MIB, vault / MIB, rows
    )


def _file(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def slope(values: Sequence[float]) -> float:
    """Return how much a value rises a day, by the line of least squares."""
    n = len(values)
    if n < 2:
        return 0.0
    middle, mean = (n - 1) / 2, sum(values) / n
    over = sum((x - middle) * (y - mean) for x, y in enumerate(values))
    return over / sum((x - middle) ** 2 for x in range(n))


@dataclass(frozen=True, slots=True)
class Told:
    """What became of every notice: by state, and the ones that are lost in silence."""

    states: Counter[str]
    overdue: int  # may go out, and did not
    unexplained: int  # dead or unsent, without a reason
    unheard: int  # said to be sent, and no provider has it
    messages: int

    @property
    def lost(self) -> int:
        return self.overdue + self.unexplained + self.unheard


def _is_overdue(notice: Notice, now: datetime) -> bool:
    """Say whether a notice may go out and did not; what rides in a message waits as long as none goes."""
    waits = notice.state == "posted" or (
        notice.state == "waiting" and notice.rule not in RIDING_RULES
    )
    return waits and notice.hold_until <= now


def told(accepted: Sequence[dict[str, str]], now: datetime) -> Told:
    """Compare our tables with what the providers took."""
    taken = {int(found[1]) for one in accepted if (found := NUMBER.search(one["text"]))}
    with open_session(read_only=True) as session:
        notices = list(session.exec(select(Notice)))
        said = {d.message_id for d in session.exec(select(Delivery)) if d.state == "delivered"}
        session.expunge_all()
    ended = [n for n in notices if n.state not in ("waiting", "sent", "posted")]
    return Told(
        Counter(n.state for n in notices),
        len([n for n in notices if _is_overdue(n, now)]),
        len([n for n in ended if n.state in ("dead", "unsendable") and not n.reason]),
        len([n for n in notices if n.state == "sent" and n.message_id not in taken & said]),
        len(said),
    )
