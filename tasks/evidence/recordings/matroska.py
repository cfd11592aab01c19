"""The head of an .mkv or .webm (RFC 8794, RFC 9559): its length, its instant, whether it has pictures."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import IO

from tasks.evidence.examining.days import real_instant
from tasks.evidence.examining.seen import Unseen
from tasks.evidence.recordings.said import CUT, MOST_BOXES, Recorded, sane_length

_SEGMENT, _INFO, _TRACKS, _TRACK = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE
_SCALE, _DURATION, _DATE, _KIND = 0x2AD7B1, 0x4489, 0x4461, 0x83
_VIDEO = 1
_SINCE_2001 = datetime(2001, 1, 1, tzinfo=UTC)
LARGEST_VALUE = 8  # bytes of a number


def of_matroska(file: IO[bytes], size: int) -> Recorded:
    """Return what it says; raises Unseen for one that is cut off. A live one (.webm) has no length."""
    for number, (kind, start, end) in enumerate(_elements(file, 0, size)):
        if kind == _SEGMENT:
            if end is not None and end > size:
                raise Unseen(*CUT)
            return _of_segment(file, start, end or size)
        if number > MOST_BOXES:
            break
    raise Unseen(*CUT)


def _of_segment(file: IO[bytes], start: int, end: int) -> Recorded:
    scale, length, made, kinds = 1_000_000, None, None, set[int]()
    for kind, begin, stop in _elements(file, start, end):
        if stop is None:
            break  # a cluster without an end: what is behind it cannot be found
        if kind == _INFO:
            for inner, at, until in _elements(file, begin, stop):
                value = _value(file, at, until)
                if inner == _SCALE:
                    scale = int.from_bytes(value, "big") or scale
                elif inner == _DURATION and len(value) in (4, 8):
                    (length,) = struct.unpack(">f" if len(value) == 4 else ">d", value)
                elif inner == _DATE and len(value) == 8:
                    made = _instant(int.from_bytes(value, "big", signed=True))
        elif kind == _TRACKS:
            kinds |= _kinds(file, begin, stop)
    seconds = sane_length(length * scale / 1e9) if length is not None else None
    return Recorded(seconds or None, made, bool(kinds) and _VIDEO not in kinds)


def _kinds(file: IO[bytes], start: int, end: int) -> set[int]:
    found = set()
    for kind, begin, stop in _elements(file, start, end):
        if kind == _TRACK and stop is not None:
            for inner, at, until in _elements(file, begin, stop):
                if inner == _KIND:
                    found.add(int.from_bytes(_value(file, at, until), "big"))
    return found


def _instant(nanoseconds: int) -> datetime | None:
    try:
        return real_instant(_SINCE_2001 + timedelta(microseconds=nanoseconds // 1000))
    except OverflowError:
        return None


def _value(file: IO[bytes], start: int, end: int | None) -> bytes:
    if end is None or not 0 < end - start <= LARGEST_VALUE:
        return b""
    file.seek(start)
    return file.read(end - start)


def _elements(file: IO[bytes], start: int, end: int) -> Iterator[tuple[int, int, int | None]]:
    """Yield kind, start and end of the elements between two places; end is None where it is not known."""
    for _ in range(MOST_BOXES):
        if end - start < 2:
            return
        file.seek(start)
        head = file.read(12)
        kind, used = _number(head, keep=True)
        size, more = _number(head[used:], keep=False)
        if not used or not more:
            return
        begin = start + used + more
        unknown = size == (1 << 7 * more) - 1
        yield kind, begin, None if unknown else begin + size
        if unknown:
            return
        start = begin + size


def _number(content: bytes, *, keep: bool) -> tuple[int, int]:
    """Return a number of variable size (RFC 8794, 4) and its bytes; ``keep`` its marker, as kinds do."""
    if not content or not content[0]:
        return 0, 0
    used = 9 - content[0].bit_length()
    if len(content) < used:
        return 0, 0
    value = int.from_bytes(content[:used], "big")
    return (value if keep else value & (1 << 7 * used) - 1), used
