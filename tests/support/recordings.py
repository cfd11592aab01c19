"""Makes recordings whose containers are whole, and hold next to nothing; for tests."""

import struct
from datetime import UTC, datetime

SINCE_1904 = datetime(1904, 1, 1, tzinfo=UTC)


def box(kind: bytes, *content: bytes) -> bytes:
    """Return a box of ISO/IEC 14496-12."""
    inner = b"".join(content)
    return struct.pack(">I4s", 8 + len(inner), kind) + inner


def movie(
    seconds: float = 60,
    made: datetime | None = None,
    track: bytes = b"vide",
    *,
    wide: bool = False,
    more: bytes = b"",
) -> bytes:
    """Return what stands in a movie's moov: its head with length and instant, and one track."""
    since = int((made - SINCE_1904).total_seconds()) if made else 0
    shape = ">IQQIQ" if wide else ">IIIII"
    head = struct.pack(shape, int(wide) << 24, since, since, 1000, int(seconds * 1000))
    handler = box(b"hdlr", bytes(8), track, bytes(12))
    tracks = box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", handler))
    return box(b"moov", box(b"mvhd", head, bytes(80)), tracks, more)


def film(moov: bytes | None = None, data: bytes = bytes(64), *, first: bool = False) -> bytes:
    """Return an .mp4 with its moov behind its data, or before it where it is to be streamed."""
    parts = [box(b"mdat", data), movie() if moov is None else moov]
    return box(b"ftyp", b"mp42", bytes(12)) + b"".join(parts[::-1] if first else parts)


def wave(seconds: float, rate: int = 16_000) -> bytes:
    """Return a .wav of silence."""
    data = bytes(int(seconds * rate))
    head = struct.pack("<HHIIHH", 1, 1, rate // 2, rate, 2, 16)
    chunks = (
        struct.pack("<4sI", b"fmt ", 16) + head + struct.pack("<4sI", b"data", len(data)) + data
    )
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def mp3(frames: int = 50, counted: int | None = None, tag: int = 0) -> bytes:
    """Return an .mp3 of 128 kbit/s and 44.1 kHz; ``counted`` is what its Xing head says, ``tag`` an ID3's size."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    xing = b"Xing" + struct.pack(">II", 1, counted or 0)
    first = frame[:36] + xing + frame[36 + len(xing) :] if counted else frame
    id3 = b"ID3\x04\0\0" + bytes((tag >> s) & 0x7F for s in (21, 14, 7, 0)) + bytes(tag)
    return (id3 if tag else b"") + (first + frame * (frames - 1) if frames else b"")
