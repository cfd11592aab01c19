"""The heads of .avi (RIFF) and of .wmv, .wma, .asf (ASF 1.2): length, instant, whether there are pictures."""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import IO
from uuid import UUID

from tasks.evidence.examining.days import CHINA, real_instant
from tasks.evidence.examining.seen import Unseen
from tasks.evidence.recordings.said import CUT, MOST_BOXES, NOTHING, Recorded, sane_length

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LISTS = (b"hdrl", b"strl", b"odml", b"INFO")
# As cameras write it: SUN JUN 01 09:30:00 2025; or 2025-06-01, 2025:06:01 09:30:00.
_IN_WORDS = re.compile(r"([A-Za-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d\d):(\d\d)\s+(\d{4})")
_IN_NUMBERS = re.compile(r"(\d{4})[-/:](\d{1,2})[-/:](\d{1,2})(?:\s+(\d{1,2}):(\d\d):(\d\d))?")
_SINCE_1601 = datetime(1601, 1, 1, tzinfo=UTC)
_LIVE = 1  # flag: written while it was sent, so its numbers mean nothing


def _guid(text: str) -> bytes:
    return UUID(text).bytes_le


_FILE = _guid("8CABDCA1-A947-11CF-8EE4-00C00C205365")
_STREAM = _guid("B7DC0791-A9B7-11CF-8EE6-00C00C205365")
_VIDEO = _guid("BC19EFC0-5B4D-11CF-A8FD-00805F5C442B")


def of_avi(file: IO[bytes], size: int) -> Recorded:
    """Return what an .avi says; raises Unseen for one that is cut off or has no picture in it."""
    seconds, made, kinds, whole = 0.0, None, set[bytes](), False
    for kind, start, end in _chunks(file, 12, size, MOST_BOXES):
        file.seek(start)
        if kind == b"avih":
            each, frames = struct.unpack_from("<I12xI", file.read(20))
            seconds = max(seconds, each * frames / 1e6)
        elif kind == b"strh":
            what, scale, rate, length = struct.unpack_from("<4s16xII4xI", file.read(36))
            kinds.add(what)
            if rate and what in (b"vids", b"auds"):
                seconds = max(seconds, length * scale / rate)
        elif kind in (b"IDIT", b"ICRD"):
            made = made or _written(file.read(min(end - start, 64)))
        elif kind == b"movi":
            whole = True
            if end > size:
                raise Unseen(*CUT)
    if not whole:
        raise Unseen(*CUT)
    if not seconds:
        raise Unseen(*NOTHING)
    return Recorded(sane_length(seconds), made, bool(kinds) and b"vids" not in kinds)


def _chunks(file: IO[bytes], at: int, size: int, most: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start and end of chunks; lists that hold heads are opened, others come by their name."""
    for _ in range(most):
        if size - at < 8:
            return
        file.seek(at)
        kind, length = struct.unpack("<4sI", file.read(8))
        start, end = at + 8, at + 8 + length
        if kind == b"LIST" and length >= 4:
            kind = file.read(4)
            start += 4
            if kind in _LISTS:
                at = start
                continue
        yield kind, start, end
        at = end + length % 2


def _written(content: bytes) -> datetime | None:
    text = content.decode("latin-1")
    with suppress(ValueError):
        if found := _IN_WORDS.search(text):
            name, *numbers = found.groups()
            day, hour, minute, second, year = map(int, numbers)
            month = MONTHS.index(name.lower()) + 1
            return real_instant(datetime(year, month, day, hour, minute, second, tzinfo=CHINA))
        if found := _IN_NUMBERS.search(text):
            return real_instant(datetime(*(int(n or 0) for n in found.groups()), tzinfo=CHINA))  # type: ignore[misc,arg-type]
    return None


def of_asf(file: IO[bytes], size: int) -> Recorded:
    """Return what an ASF says (ASF 1.2, 3.2); raises Unseen for one that is cut off or empty."""
    file.seek(16)
    end, count = struct.unpack("<QI", file.read(12))
    at, head, kinds = 30, None, set[bytes]()
    if end > size:
        raise Unseen(*CUT)
    for _ in range(min(count, MOST_BOXES)):
        file.seek(at)
        kind, length = struct.unpack("<16sQ", file.read(24))
        if length < 24:
            break
        if kind == _FILE:
            head = struct.unpack_from("<16xQQQQQQI", file.read(68))
        elif kind == _STREAM:
            kinds.add(file.read(16))
        at += length
        if at >= end:
            break
    if head is None:
        raise Unseen(*CUT)
    there, made, _, played, _, before, flags = head
    seconds = None
    if not flags & _LIVE:
        if there > size:
            raise Unseen(*CUT)
        seconds = sane_length(max(0.0, played / 1e7 - before / 1e3))
        if seconds == 0:
            raise Unseen(*NOTHING)
    when = None
    with suppress(OverflowError):
        when = real_instant(_SINCE_1601 + timedelta(microseconds=made // 10)) if made else None
    return Recorded(seconds, when, bool(kinds) and _VIDEO not in kinds)
