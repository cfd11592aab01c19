"""Heads of recordings in containers other than MP4, written field by field; they hold next to nothing."""

import struct
from datetime import UTC, datetime
from uuid import UUID


def element(kind: int, content: bytes, *, unknown: bool = False) -> bytes:
    """Return an element of Matroska (RFC 8794); ``unknown``: as a live one is written, without its size."""
    name = kind.to_bytes((kind.bit_length() + 7) // 8, "big")
    size = b"\x01" + b"\xff" * 7 if unknown else (1 << 56 | len(content)).to_bytes(8, "big")
    return name + size + content


def matroska(
    seconds: float | None = 90.5, made: datetime | None = None, track: int = 1, **more
) -> bytes:
    """Return an .mkv; without ``seconds`` one that does not tell its length."""
    inner = element(0x2AD7B1, (1_000_000).to_bytes(3, "big"))
    if seconds is not None:
        inner += element(0x4489, struct.pack(">d", seconds * 1000))
    if made:
        since = made - datetime(2001, 1, 1, tzinfo=UTC)
        inner += element(0x4461, struct.pack(">q", int(since.total_seconds()) * 10**9))
    tracks = element(0x1654AE6B, element(0xAE, element(0x83, bytes([track]))))
    void = element(0xEC, bytes(40))
    segment = void + element(0x1549A966, inner) + tracks + element(0x1F43B675, bytes(200))
    return element(0x1A45DFA3, b"\x42\x82\x84webm") + element(0x18538067, segment, **more)


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of RIFF."""
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def avi(frames: int = 2500, made: bytes = b"", track: bytes = b"vids", data: int = 300) -> bytes:
    """Return an .avi of 25 frames a second; ``made`` as its camera wrote it."""
    head = struct.pack("<14I", 40_000, 0, 0, 0, frames, *[0] * 9)
    stream = struct.pack(
        "<4s4sIIIIIIIIII8s", track, b"MJPG", 0, 0, 0, 1, 25, 0, frames, 0, 0, 0, bytes(8)
    )
    lists = chunk(b"avih", head) + chunk(b"LIST", b"strl" + chunk(b"strh", stream))
    if made:
        lists += chunk(b"IDIT", made)
    whole = chunk(b"LIST", b"hdrl" + lists) + chunk(b"LIST", b"movi" + bytes(data))
    return chunk(b"RIFF", b"AVI " + whole)


def asf(
    seconds: float = 90.5, made: datetime | None = None, *, live: bool = False, sound: bool = False
) -> bytes:
    """Return a .wmv, or a .wma where it has only ``sound``."""
    since = int((made - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10**7) if made else 0
    kind = (
        "F8699E40-5B4D-11CF-A8FD-00805F5C442B" if sound else "BC19EFC0-5B4D-11CF-A8FD-00805F5C442B"
    )
    data = bytes(200)

    def thing(guid: str, content: bytes) -> bytes:
        return UUID(guid).bytes_le + struct.pack("<Q", 24 + len(content)) + content

    stream = thing("B7DC0791-A9B7-11CF-8EE6-00C00C205365", UUID(kind).bytes_le + bytes(38))
    size = 30 + 104 + len(stream) + len(data)
    played = int((seconds + 3) * 10**7)
    said = struct.pack(
        "<16sQQQQQQIIII", bytes(16), size, since, 1, played, played, 3000, int(live), 1, 1, 1
    )
    parts = thing("8CABDCA1-A947-11CF-8EE4-00C00C205365", said) + stream
    head = UUID("75B22630-668E-11CF-A6D9-00AA0062CE6C").bytes_le
    return head + struct.pack("<QIBB", 30 + len(parts), 2, 1, 2) + parts + data


def flash(seconds: float = 90.5, made: str = "", *, told: bool = True, flags: int = 5) -> bytes:
    """Return an .flv; ``told``: its onMetaData says its length, else only its last tag does."""
    said = b"\x02\x00\x0aonMetaData\x08\0\0\0\1"
    if told:
        said += b"\x00\x08duration\x00" + struct.pack(">d", seconds)
    if made:
        said += b"\x00\x0ccreationdate\x02" + struct.pack(">H", len(made)) + made.encode()
    out = b"FLV\x01" + bytes([flags]) + struct.pack(">II", 9, 0)
    for kind, when, content in ((18, 0, said), (9, int(seconds * 1000), bytes(20))):
        tag = bytes([kind]) + len(content).to_bytes(3, "big")
        tag += (when & 0xFFFFFF).to_bytes(3, "big") + bytes([when >> 24]) + bytes(3) + content
        out += tag + struct.pack(">I", len(tag))
    return out


def ogg(
    seconds: float = 90.5, kind: str = "opus", *, film: bool = False, comment: bytes = b""
) -> bytes:
    """Return an Ogg with one stream of sound, and before it one of pictures where it is a ``film``."""
    opus = b"OpusHead\x01\x01" + struct.pack("<HIhB", 312, 48_000, 0, 0)
    vorbis = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 1, 44_100, 0, 128_000, 0, 0xB8, 1)
    first, rate, skipped = (opus, 48_000, 312) if kind == "opus" else (vorbis, 44_100, 0)
    pages = [_page(2, 0, 8, b"\x80theora" + bytes(34))] if film else []
    pages.append(_page(2, 0, 7, first))
    pages.append(_page(0, 0, 7, b"OpusTags" + comment))
    if seconds:
        pages.append(_page(4, int(seconds * rate) + skipped, 7, bytes(90)))
    if film:
        pages.append(_page(4, 99, 8, bytes(90)))
    return b"".join(pages)


def _page(kind: int, place: int, stream: int, content: bytes) -> bytes:
    return (
        struct.pack("<4sBBqIIIBB", b"OggS", 0, kind, place, stream, 0, 0, 1, len(content)) + content
    )
