"""How long a recording is and when it was made, from its container's own head; no picture or sound is decoded.

A few fields at known places are read, never more than some kilobytes of a file of any size. Of containers
that are not known here nothing is said.
"""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import IO

from tasks.evidence.examining.days import real_instant
from tasks.evidence.examining.seen import Unseen
from tasks.evidence.recordings.matroska import of_matroska
from tasks.evidence.recordings.said import CUT, MOST_BOXES, NOTHING, SOUND, Recorded
from tasks.evidence.recordings.streamed import of_flash, of_ogg
from tasks.evidence.recordings.windows import of_asf, of_avi

LAST_YEAR = 2100  # of an instant that means something
_SINCE_1904 = datetime(1904, 1, 1, tzinfo=UTC)
# Kilobits a second and samples a second, of layer III (ISO/IEC 11172-3, 2.4.2.3; 13818-3, 2.4.2.3).
_KBITS = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_AMR = {b"#!AMR\n": (13, 14, 16, 18, 20, 21, 27, 32, 6), b"#!AMR-WB\n": (18, 24, 33, 37, 41, 47, 51, 59, 61, 6)}  # fmt: skip


def recorded(file: IO[bytes], size: int, media: str) -> Recorded:
    """Return what a recording of ``size`` bytes says of itself; raises Unseen for one that is cut off or empty."""
    try:
        if media in _CONTAINERS:
            return _CONTAINERS[media](file, size)
        if media in _READERS:
            return Recorded(_READERS[media](file, size), sound_only=True)
    except struct.error:
        raise Unseen(*CUT) from None
    return Recorded(sound_only=media in SOUND)


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start and end of the boxes between two places (ISO/IEC 14496-12, 4.2)."""
    for _ in range(MOST_BOXES):
        if end - start < 8:
            return
        file.seek(start)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            head = 16
        stop = end if size == 0 else start + size
        if size and size < head:
            return
        yield kind, start + head, stop
        start = stop


def _of_boxes(file: IO[bytes], size: int) -> Recorded:
    found: Recorded | None = None
    for kind, start, end in _boxes(file, 0, size):
        if end > size and kind in (b"moov", b"mdat"):
            raise Unseen(*CUT)
        if kind == b"moov":
            found = _of_movie(file, start, end)
    if found is None:
        raise Unseen(*CUT)
    return found


def _of_movie(file: IO[bytes], start: int, end: int) -> Recorded:
    head, pieces, brand = Recorded(), False, set[bytes]()
    for kind, begin, stop in _boxes(file, start, end):
        pieces = pieces or kind == b"mvex"  # its length stands in its pieces
        if kind == b"mvhd":
            file.seek(begin)
            head = _movie_head(file.read(32))
        elif kind == b"trak":
            brand |= _handlers(file, begin, min(stop, end))
    if head.seconds == 0:
        if not pieces:
            raise Unseen(*NOTHING)
        head = Recorded(None, head.made)
    return Recorded(head.seconds, head.made, bool(brand) and b"vide" not in brand)


def _movie_head(content: bytes) -> Recorded:
    """Return length and instant of a movie's head (ISO/IEC 14496-12, 8.2.2): seconds since 1904, in UTC."""
    if content[:1] == b"\1":
        made, _, scale, length = struct.unpack_from(">QQIQ", content, 4)
    else:
        made, _, scale, length = struct.unpack_from(">IIII", content, 4)
    unknown = length in (2**32 - 1, 2**64 - 1) or not scale
    since = min(made, (LAST_YEAR - 1904) * 366 * 86_400)
    when = real_instant(_SINCE_1904 + timedelta(seconds=since)) if since == made else None
    return Recorded(None if unknown else length / scale, when)


def _handlers(file: IO[bytes], start: int, end: int) -> set[bytes]:
    """Return what kinds of track a track is: vide, soun ... (ISO/IEC 14496-12, 8.4.3)."""
    found = set()
    for kind, begin, stop in _boxes(file, start, end):
        if kind == b"mdia":
            for inner, at, _ in _boxes(file, begin, min(stop, end)):
                if inner == b"hdlr":
                    file.seek(at + 8)
                    found.add(file.read(4))
    return found


def _of_wave(file: IO[bytes], size: int) -> float | None:
    """Return the length of a .wav: what its data holds by the bytes a second that it names."""
    at, rate = 12, 0
    for _ in range(MOST_BOXES):
        if size - at < 8:
            raise Unseen(*CUT)
        file.seek(at)
        kind, length = struct.unpack("<4sI", file.read(8))
        if kind == b"fmt ":
            rate = struct.unpack_from("<I", file.read(12), 8)[0]
        if kind == b"data":
            there = min(length or size, size - at - 8)
            if not length or not there:
                raise Unseen(*NOTHING)
            return there / rate if rate else None
        at += 8 + length + length % 2
    return None


def _of_amr(file: IO[bytes], size: int) -> float | None:
    """Return the length of an .amr (RFC 4867, 5): frames of 20 ms, all taken to be as long as the first."""
    file.seek(0)
    head = file.read(10)
    for sign, lengths in _AMR.items():
        if head.startswith(sign):
            if size <= len(sign):
                raise Unseen(*NOTHING)
            mode = head[len(sign) : len(sign) + 1]
            kind = mode[0] >> 3 & 15 if mode else 15
            return (size - len(sign)) / lengths[kind] * 0.02 if kind < len(lengths) else None
    return None


def _of_mp3(file: IO[bytes], size: int) -> float | None:
    """Return the length of an .mp3: by the frames that its first one counts, else by its bits a second."""
    file.seek(0)
    head = file.read(10)
    at = 0
    if head.startswith(b"ID3") and len(head) == 10:
        at = 10 + sum(
            (byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)
        )
    if at >= size:
        raise Unseen(*NOTHING)
    file.seek(at)
    content = file.read(65_536)
    begin = content.find(b"\xff")
    while begin >= 0:
        word = int.from_bytes(content[begin : begin + 4], "big")
        version, layer, bits, hertz = (
            word >> 19 & 3,
            word >> 17 & 3,
            word >> 12 & 15,
            word >> 10 & 3,
        )
        if word >> 21 == 0x7FF and version != 1 and layer == 1 and 0 < bits < 15 and hertz < 3:
            return _by_frame(
                content, begin, size - at - begin, (version, bits, _HERTZ[version][hertz])
            )
        begin = content.find(b"\xff", begin + 1)
    if not content.strip(b"\0"):
        raise Unseen(*NOTHING)
    return None


def _by_frame(content: bytes, begin: int, rest: int, frame: tuple[int, int, int]) -> float:
    version, bits, hertz = frame
    for sign in (b"Xing", b"Info"):
        at = content.find(sign, begin, begin + 200)
        if at > 0 and len(content) >= at + 12 and content[at + 7] & 1:
            frames = int.from_bytes(content[at + 8 : at + 12], "big")
            return float(frames * (1152 if version == 3 else 576) / hertz)
    return rest * 8 / (_KBITS[version != 3][bits] * 1000)


_READERS = {"wav": _of_wave, "amr": _of_amr, "mp3": _of_mp3}
_CONTAINERS = {
    "mp4": _of_boxes,
    "mkv": of_matroska,
    "avi": of_avi,
    "wmv": of_asf,
    "flv": of_flash,
    "ogg": of_ogg,
}
