"""The last examination, kept in a file of the home beside the heartbeat, for pages and metrics.

A file and no table: an examination is of one machine and its home, and must be kept where the database is broken.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from models.files.home import home
from models.files.whole_file import write_whole
from models.settings import settings
from tasks.doctor.diagnosis import Diagnosis, Health
from tasks.doctor.examining import Examination

FILE = "doctor.json"


@dataclass(frozen=True, slots=True)
class KeptExamination:
    """The last examination, and the names of what was bad then and the office has heard of."""

    examination: Examination
    told: Sequence[str] = ()


def keep_examination(found: Examination, told: Sequence[str]) -> None:
    """Keep ``found`` as the last one, written whole or not at all; ``told`` are the faults already told."""
    said = {"at": found.at.isoformat(), "told": list(told), "lines": list(map(asdict, found.lines))}
    write_whole(home() / FILE, json.dumps(said, ensure_ascii=False).encode(), lasting=False)


def last_examination() -> KeptExamination | None:
    """Return the last examination that was kept on this machine; None before the first, or for a torn file."""
    try:
        said = json.loads((settings().home / FILE).read_bytes())
        lines = [Diagnosis(**{**line, "health": Health(line["health"])}) for line in said["lines"]]
        at = datetime.fromisoformat(said["at"])
        return KeptExamination(Examination(at, lines), [str(name) for name in said["told"]])
    except (OSError, ValueError, KeyError, TypeError):
        return None
