"""What lies in the outermost folder of an old office file (.doc, .xls, .ppt, .msg), read under bounds.

[MS-CFB]: a file of sectors, chained by a table, with a tree of names. Streams of objects within the
document lie deeper and are not seen unless asked for by their folder: a Word file with a table of Excel in
it is a Word file.
"""

import struct
from array import array
from collections.abc import Iterator
from copy import copy
from typing import Self

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY = 128  # bytes of one name in the directory
MOST_NAMES = 5000  # of one folder
NOWHERE = 0xFFFFFFFA  # from here on a number is no sector (2.1)


class Compound:
    """An old office file; raises ValueError for one whose tables are broken."""

    def __init__(self, content: bytes) -> None:
        if not content.startswith(SIGNATURE) or len(content) < 512:
            raise ValueError("no compound file")
        self._content = content
        shift, mini = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini != 6:
            raise ValueError("odd sectors")
        self._sector, self._mini = 1 << shift, 1 << mini
        start, self._cutoff, small = struct.unpack_from("<I4xII", content, 48)
        self._table = array("I")
        self._table = self._of_sectors(self._table_sectors())
        self._small_table = self._of_sectors(self._chain(small, self._table))
        self._directory = self._joined(start)
        self._entries = {key.upper(): place for key, place in _names_in(self._directory, 0)}
        self._small = self._joined(struct.unpack_from("<I", self._directory, 116)[0])

    def holds(self, name: str) -> bool:
        """Say whether a stream or folder of that name lies in no folder; case does not matter (2.6.4)."""
        return name.upper() in self._entries

    def names(self) -> list[str]:
        """Return the names of its streams and folders, in capital letters."""
        return sorted(self._entries)

    def folder(self, name: str) -> Self:
        """Return the same file as seen from within a folder of it; empty where there is none."""
        within = copy(self)
        number = self._entries.get(name.upper(), (0, 0, 0))[2]
        within._entries = (
            {key.upper(): place for key, place in _names_in(self._directory, number)}
            if number
            else {}
        )
        return within

    def stream(self, name: str) -> bytes:
        """Return what a stream holds; nothing when there is none of that name."""
        start, size, _ = self._entries.get(name.upper(), (NOWHERE, 0, 0))
        if size >= self._cutoff:
            return self._joined(start)[:size]
        places = (place * self._mini for place in self._chain(start, self._small_table))
        return b"".join(self._small[at : at + self._mini] for at in places)[:size]

    def _table_sectors(self) -> Iterator[int]:
        """Yield the sectors that hold the table: 109 are named in the head, more in a list (2.2)."""
        yield from struct.unpack_from("<109I", self._content, 76)
        following, count = struct.unpack_from("<II", self._content, 68)
        seen = set[int]()
        while following < NOWHERE and following not in seen and len(seen) < count:
            seen.add(following)
            *named, following = array("I", self._at(following))
            yield from named

    def _of_sectors(self, sectors: Iterator[int]) -> "array[int]":
        """Return the table in ``sectors``, each taken once: it is never larger than the file."""
        table = array("I")
        for each in dict.fromkeys(sectors):
            if each < NOWHERE:
                table.frombytes(self._at(each))
        return table

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        found = self._content[start : start + self._sector]
        if len(found) < self._sector and start >= len(self._content):
            raise ValueError("a sector behind the end")
        return found.ljust(self._sector, b"\0")  # some writers leave the last one short

    def _chain(self, start: int, table: "array[int]") -> Iterator[int]:
        least = self._sector if table is self._table else self._mini
        for _ in range(min(len(table), len(self._content) // least + 1)):  # longer runs in a circle
            if start >= len(table):
                return
            yield start
            start = table[start]

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._at, self._chain(start, self._table)))


def _names_in(directory: bytes, folder: int) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Yield name, first sector, size and number of what hangs on a folder, a tree of brothers (2.6); 0: the root."""
    if len(directory) < (folder + 1) * ENTRY:
        raise ValueError("no directory")
    waiting, seen = [struct.unpack_from("<I", directory, folder * ENTRY + 76)[0]], set[int]()
    while waiting and len(seen) < MOST_NAMES:
        number = waiting.pop()
        at = number * ENTRY
        if number in seen or at + ENTRY > len(directory):
            continue
        seen.add(number)
        length, kind, left, right = struct.unpack_from("<HBxII", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        if kind and 2 <= length <= 64:
            name = directory[at : at + length - 2].decode("utf-16-le", "replace")
            yield name, (start, size, number)
        waiting += [left, right]
