"""The last examination of each machine, for pages and metrics of every one.

In a file of the home, beside the heartbeat: an examination is of one machine and its home, and must be kept
where the database is broken. Where several machines share a database, there as well, under the machine's name.
"""

import json
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime

from models.database import open_session, sqlite_file
from models.doctor.signs import EXAMINATION, leave_sign, signs_of
from models.errors import DatabaseError
from models.files.home import home
from models.files.whole_file import write_whole
from models.settings import settings
from tasks.doctor.beats import CLOCKS_DIFFER
from tasks.doctor.diagnosis import Diagnosis, Health
from tasks.doctor.examining import Examination

FILE = "doctor.json"


@dataclass(frozen=True, slots=True)
class KeptExamination:
    """The last examination of a ``machine``, and the names of what was bad then and the office has heard of."""

    examination: Examination
    told: Sequence[str] = ()
    machine: str = ""

    @property
    def elsewhere(self) -> str:
        """Return the name of the machine where that is not this one; empty for this one."""
        return "" if self.machine == socket.gethostname() else self.machine


def keep_examination(found: Examination, told: Sequence[str]) -> None:
    """Keep ``found`` as the last one of this machine; ``told`` are the faults already told.

    The file is written whole or not at all; the database only if it can be.
    """
    machine = socket.gethostname()
    lines = list(map(asdict, found.lines))
    said = {"at": found.at.isoformat(), "machine": machine, "told": list(told), "lines": lines}
    text = json.dumps(said, ensure_ascii=False)
    write_whole(home() / FILE, text.encode(), lasting=False)
    if sqlite_file() is None:
        with suppress(DatabaseError), open_session() as session:
            leave_sign(session, EXAMINATION, machine, found.at, text)


def last_examination() -> KeptExamination | None:
    """Return the last examination that is kept in this home; None before the first, or for a torn file."""
    try:
        return _read((settings().home / FILE).read_bytes())
    except OSError:
        return None


def every_examination(now: datetime) -> list[KeptExamination]:
    """Return the last examination of each machine, the newest first; one statement, none on SQLite.

    SQLite is of one machine, and its file is all there is. The file may be newer than what stands in the
    database; one that is ahead of ``now`` is of a clock that was wrong, and would hide all others.
    """
    here = last_examination()
    found = [here] if here else []
    if sqlite_file() is None:
        with open_session(read_only=True) as session:
            said = [one.said for one in signs_of(session, EXAMINATION, now)]
        found += filter(None, map(_read, said))
    possible = [one for one in found if _at(one) <= now + CLOCKS_DIFFER]
    newest = {one.machine: one for one in sorted(possible, key=_at)}
    return sorted(newest.values(), key=_at, reverse=True)


def _at(kept: KeptExamination) -> datetime:
    return kept.examination.at


def _read(text: str | bytes) -> KeptExamination | None:
    try:
        said = json.loads(text)
        lines = [Diagnosis(**{**line, "health": Health(line["health"])}) for line in said["lines"]]
        at, machine = datetime.fromisoformat(said["at"]), str(said.get("machine", ""))
        told = [str(name) for name in said["told"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return KeptExamination(Examination(at, lines), told, machine or socket.gethostname())
