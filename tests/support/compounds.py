"""Makes old office files (compound files) of a few streams, as small as they can be."""

import struct

from tasks.guarded.compound import SIGNATURE

SECTOR, SHORT, CUTOFF = 512, 64, 4096
END, FREE, OF_TABLE, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


Tree = dict[str, "bytes | Tree"]


def compound(streams: Tree, inside: dict[str, bytes] | None = None) -> bytes:
    """Return a compound file of streams and, by their names, folders; ``inside`` are streams of one more."""
    sectors: list[bytes] = []
    table: list[int] = []

    def put(content: bytes) -> int:
        """Add sectors and return the first."""
        pieces = [content[at : at + SECTOR] for at in range(0, len(content), SECTOR)]
        first = len(sectors)
        sectors.extend(piece.ljust(SECTOR, b"\0") for piece in pieces)
        table.extend([*range(first + 1, first + len(pieces)), END] if pieces else [])
        return first if pieces else END

    short, short_table = b"", list[int]()
    entries = [["Root Entry", 5, NONE, NONE, NONE, END, 0]]

    def hang(folder: list, tree: Tree) -> None:
        """Hang streams and folders on a folder, each on the one before it."""
        nonlocal short
        place, own = 4, folder  # where the number of the next is written
        deeper = []
        for name, content in tree.items():
            own[place] = len(entries)
            own, place = [name, 1, NONE, NONE, NONE, 0, 0], 3
            entries.append(own)
            if isinstance(content, dict):
                deeper.append((own, content))
            elif not content:
                own[1], own[5] = 2, END
            elif len(content) >= CUTOFF:
                own[1], own[5], own[6] = 2, put(content), len(content)
            else:
                count, first = -(-len(content) // SHORT), len(short_table)
                short += content.ljust(count * SHORT, b"\0")
                short_table.extend([*range(first + 1, first + count), END])
                own[1], own[5], own[6] = 2, first, len(content)
        for each, content in deeper:
            hang(each, content)

    hang(entries[0], streams | ({"Folder": dict(inside)} if inside else {}))
    entries[0][5:] = [put(short), len(short)]
    packed = struct.pack(f"<{len(short_table)}I", *short_table)
    small = put(packed.ljust(-(-len(packed) // SECTOR or 1) * SECTOR, b"\xff"))
    start = put(b"".join(map(_entry, entries)))
    assert len(table) < SECTOR // 4, "the table of such a file is one sector"
    table.append(OF_TABLE)
    sectors.append(struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff"))
    head = SIGNATURE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack(
        "<IIIIIIIII", 0, 1, start, 0, CUTOFF, small, max(1, -(-len(packed) // SECTOR)), END, 0
    )
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
