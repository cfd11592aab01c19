"""Makes old office files (compound files) of a few streams, as small as they can be."""

import struct

from tasks.guarded.compound import SIGNATURE

SECTOR, SHORT, CUTOFF = 512, 64, 4096
END, FREE, OF_TABLE, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def compound(streams: dict[str, bytes], inside: dict[str, bytes] | None = None) -> bytes:
    """Return a compound file; ``inside`` are streams of a folder of its own within it."""
    sectors: list[bytes] = []
    table: list[int] = []

    def put(content: bytes) -> int:
        """Add sectors and return the first."""
        pieces = [content[at : at + SECTOR] for at in range(0, len(content), SECTOR)]
        first = len(sectors)
        sectors.extend(piece.ljust(SECTOR, b"\0") for piece in pieces)
        table.extend([*range(first + 1, first + len(pieces)), END] if pieces else [])
        return first if pieces else END

    short, short_table = b"", []
    entries = [["Root Entry", 5, NONE, NONE, 1 if streams else NONE, END, 0]]
    every = [*streams.items(), *([("Folder", None)] if inside else []), *(inside or {}).items()]
    outer = len(every) - len(inside or {})
    for number, (name, content) in enumerate(every, start=1):
        right = NONE if number in (outer, len(every)) else number + 1
        if content is None:
            entries.append([name, 1, NONE, right, outer + 1, 0, 0])
        elif not content:
            entries.append([name, 2, NONE, right, NONE, END, 0])
        elif len(content) >= CUTOFF:
            entries.append([name, 2, NONE, right, NONE, put(content), len(content)])
        else:
            count, first = -(-len(content) // SHORT), len(short_table)
            short += content.ljust(count * SHORT, b"\0")
            short_table += [*range(first + 1, first + count), END]
            entries.append([name, 2, NONE, right, NONE, first, len(content)])
    entries[0][5:] = [put(short), len(short)]
    small = put(struct.pack(f"<{len(short_table)}I", *short_table).ljust(SECTOR, b"\xff"))
    start = put(b"".join(map(_entry, entries)))
    assert len(table) < SECTOR // 4, "the table of such a file is one sector"
    table.append(OF_TABLE)
    sectors.append(struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff"))
    head = SIGNATURE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, start, 0, CUTOFF, small, 1, END, 0)
    head += struct.pack("<I", len(sectors) - 1)
    return head.ljust(SECTOR, b"\xff") + b"".join(sectors)


def _entry(entry: list) -> bytes:
    name, kind, left, right, child, start, size = entry
    spelt = name.encode("utf-16-le") + b"\0\0"
    return (
        spelt.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(spelt), kind, 1, left, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
