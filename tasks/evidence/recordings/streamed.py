"""The heads and last pages of .flv and of Ogg (.ogg, .opus, .ogv): length, instant, whether there are pictures."""

import re
import struct
from contextlib import suppress
from datetime import datetime
from typing import IO

from tasks.evidence.examining.days import CHINA, real_instant
from tasks.evidence.examining.seen import Unseen
from tasks.evidence.recordings.said import NOTHING, Recorded, sane_length

READ = 65_536  # bytes at either end that are looked at
_BEHIND_HEAD = 13  # an .flv's head, and the size of no tag before it
_VIDEO = 1  # flag of an .flv's head
_PAGE = struct.Struct("<4sBBqII4xB")  # of Ogg (RFC 3533, 6)
_WRITTEN_ON = re.compile(
    rb"(?:creationdate\x02\x00.|DATE=|date=|creation_time=)(\d{4})-(\d{2})-(\d{2})", re.DOTALL
)


def of_flash(file: IO[bytes], size: int) -> Recorded:
    """Return what an .flv says (FLV 10.1, E): by its onMetaData, else by its last tag's time."""
    if size <= _BEHIND_HEAD:
        raise Unseen(*NOTHING)
    file.seek(0)
    head = file.read(READ)
    at = head.find(b"duration\x00")
    seconds = struct.unpack_from(">d", head, at + 9)[0] if at > 0 and at + 17 <= len(head) else 0.0
    seconds = sane_length(seconds) or _last_tag(file, size)
    return Recorded(seconds, _day(head), not head[4] & _VIDEO)


def _last_tag(file: IO[bytes], size: int) -> float | None:
    """Return the time of the last tag in seconds; None where the file ends within one."""
    file.seek(size - 4)
    (length,) = struct.unpack(">I", file.read(4))
    if not 11 <= length <= size - _BEHIND_HEAD - 4:
        return None
    file.seek(size - 4 - length)
    tag = file.read(11)
    if tag[0] & 0x1F not in (8, 9, 18) or int.from_bytes(tag[1:4], "big") + 11 != length:
        return None
    return int.from_bytes(tag[7:8] + tag[4:7], "big") / 1000 or None


def of_ogg(file: IO[bytes], size: int) -> Recorded:
    """Return what an Ogg says: the place of its last page, by the samples a second of its first sound."""
    file.seek(0)
    head = file.read(READ)
    serial, rate, skipped = 0, 0, 0
    pictures, at = False, 0
    while head.startswith(b"OggS", at) and at + 27 <= len(head):
        _, _, kind, _, stream, _, count = _PAGE.unpack_from(head, at)
        begin = at + 27 + count
        if not kind & 2:  # the first pages of all streams stand first
            break
        first = head[begin : begin + 64]
        pictures = pictures or first[1:7] == b"theora"
        if not rate and (told := _samples(first)):
            serial, (rate, skipped) = stream, told
        at = begin + sum(head[at + 27 : begin])
    last = _last_place(file, size, serial) if rate else None
    if last is not None and last <= skipped:
        raise Unseen(*NOTHING)
    seconds = sane_length((last - skipped) / rate) if last is not None else None
    return Recorded(seconds, _day(head), bool(rate) and not pictures)


def _samples(first: bytes) -> tuple[int, int] | None:
    """Return samples a second and those before the beginning, of a stream of sound by its first packet."""
    with suppress(struct.error):
        if first.startswith(b"\x01vorbis"):
            return struct.unpack_from("<I", first, 12)[0], 0
        if first.startswith(b"OpusHead"):  # RFC 7845, 5.1: always told in 48 kHz
            return 48_000, struct.unpack_from("<H", first, 10)[0]
        if first.startswith(b"Speex   "):
            return struct.unpack_from("<I", first, 36)[0], 0
        if first.startswith(b"\x7fFLAC"):
            return int.from_bytes(first[27:30], "big") >> 4, 0
    return None


def _last_place(file: IO[bytes], size: int, serial: int) -> int | None:
    file.seek(max(0, size - READ))
    tail = file.read(READ)
    at = tail.rfind(b"OggS")
    while at >= 0:
        if at + 27 <= len(tail):
            _, _, _, place, stream, _, _ = _PAGE.unpack_from(tail, at)
            if stream == serial and place >= 0:
                return int(place)
        at = tail.rfind(b"OggS", 0, at)
    return None


def _day(head: bytes) -> datetime | None:
    if found := _WRITTEN_ON.search(head):
        with suppress(ValueError):
            year, month, day = map(int, found.groups())
            return real_instant(datetime(year, month, day, 12, tzinfo=CHINA))
    return None
