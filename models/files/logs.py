"""Logs of the home: turned over by day and size, packed, and kept for half a year at least.

What the law asks of logs is six months (网络安全法): nothing younger than that is ever deleted, also where the
disk is short. Then `shifan doctor` says so, and a person decides.
"""

import gzip
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

KEPT_FOR = timedelta(days=180)
LARGEST = 20_000_000  # bytes of one that is written to
FOLDER, PACKED, REPORTS = "logs", "*.log.gz", "error-*.txt"
DRAFT = ".draft"
_TRIES = 5  # while somebody writes


def turn_over(log: Path, now: datetime) -> Path | None:
    """Pack ``log`` where it is a day old or too large, and delete what beside it is past its time.

    Return what it was packed into. A log stays open with whoever writes it, at its end: its content is copied,
    and it is cut off where nothing came meanwhile. Killed in between, some lines stand twice, and what was half
    packed goes the next time. To be called by the one process that had it written; may be repeated. One that cannot be packed (the disk is full) goes on.
    """
    for left in log.parent.glob(f".{log.stem}-*{DRAFT}"):  # of one who was killed at it
        left.unlink(missing_ok=True)
    made = _packed(log, now) if log.exists() else None
    for old in [*log.parent.glob(PACKED), *log.parent.glob(REPORTS)]:
        if old.is_file() and now - _written(old) > KEPT_FOR:
            old.unlink(missing_ok=True)
    return made


def bytes_of_logs(folder: Path) -> int:
    """Return how much all logs take on the disk."""
    return sum(file.stat().st_size for file in folder.glob("*") if file.is_file())


def _packed(log: Path, now: datetime) -> Path | None:
    """Return the packed copy of a log that was due, None for one that is not."""
    size = log.stat().st_size
    begun = _begun(log, now)
    if not size or (size < LARGEST and begun.date() == now.date()):
        return None
    target = log.with_name(f"{log.stem}-{now:%Y%m%d-%H%M%S}.log.gz")
    draft = target.with_name(f".{target.name}{DRAFT}")
    try:
        for _ in range(_TRIES):
            size = log.stat().st_size
            with log.open("rb") as source, gzip.open(draft, "wb") as packed:
                shutil.copyfileobj(source, packed)
            if log.stat().st_size == size:
                break
        else:  # written to all the while: whole and large is better than cut off
            draft.unlink()
            return None
        draft.replace(target)  # first: killed here, lines stand twice, and none is lost
        os.truncate(log, 0)
    except OSError:
        draft.unlink(missing_ok=True)
        return None
    _mark(log, now)
    return target


def _begun(log: Path, now: datetime) -> datetime:
    """Return when a log was begun, as noted beside it; one that nobody noted begins now."""
    mark = _mark_of(log)
    if not mark.exists():
        _mark(log, now)
        return now
    return _written(mark)


def _mark(log: Path, now: datetime) -> None:
    _mark_of(log).touch()
    os.utime(_mark_of(log), (now.timestamp(), now.timestamp()))


def _mark_of(log: Path) -> Path:
    return log.with_name(f".{log.name}.begun")


def _written(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
