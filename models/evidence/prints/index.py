"""The file of an index: the heads of all prints of a scheme, laid so that they are searched as they lie.

A head of bytes says the scheme and how many prints there are; then come blocks of prints, column by column. Prints are only added: written behind the last, brought to the disk, and then counted. Whoever
reads maps the file and looks at what is counted, so a reader never waits, and what a kill leaves behind
the last is written over. A file made anew takes the old one's place at once.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from mmap import MAP_SHARED, PROT_READ, mmap
from pathlib import Path

import numpy as np

from models.evidence.prints.packing import EACH
from models.evidence.prints.searching import Part, Scheme

TOP = 4096  # bytes before the first block: the scheme's name, and at its end the number of prints
COUNT_AT = TOP - 8


class PrintIndex:
    """An index file that is there; `of` is None where there is none of that scheme."""

    def __init__(self, path: Path, scheme: Scheme, count: int) -> None:
        self.path, self.scheme, self.count = path, scheme, count

    @classmethod
    def of(cls, path: Path, scheme: Scheme) -> "PrintIndex | None":
        """Return the index in the file ``path``; None where it is no whole one of the scheme."""
        try:
            with path.open("rb") as file:
                top = file.read(TOP)
                size = os.fstat(file.fileno()).st_size
        except OSError:
            return None
        count = int.from_bytes(top[COUNT_AT:], "little")
        blocks = -(-count // scheme.side)
        whole = len(top) == TOP and size >= TOP + blocks * _block(scheme).itemsize
        return cls(path, scheme, count) if whole and top.startswith(_name(scheme)) else None

    @classmethod
    def made(cls, path: Path, scheme: Scheme, parts: Iterable[Part]) -> "PrintIndex":
        """Make the file anew of ``parts``; whoever reads the old one goes on reading it.

        One at a time: whoever calls keeps the others out.
        """
        draft = path.with_name(f".{path.name}.draft")  # what a kill left is written over
        try:
            with draft.open("wb") as file:
                file.write(_name(scheme).ljust(COUNT_AT, b"\0") + bytes(8))
            new = cls(draft, scheme, 0)
            for part in parts:
                new.add(part)
            draft.replace(path)
        finally:
            with suppress(OSError):
                draft.unlink()
        return cls(path, scheme, new.count)

    def add(self, part: Part) -> None:
        """Add prints behind the last; they count when they are on the disk."""
        done, total = 0, len(part.ids)
        if not total:
            return
        with self.path.open("r+b") as file:
            while done < total:
                block, slot = divmod(self.count + done, self.scheme.side)
                many = min(self.scheme.side - slot, total - done)
                self._write(file.fileno(), block, slot, part.from_to(done, done + many))
                done += many
            os.fsync(file.fileno())
            self.count += total
            os.pwrite(file.fileno(), self.count.to_bytes(8, "little"), COUNT_AT)

    def _write(self, handle: int, block: int, slot: int, part: Part) -> None:
        start = TOP + block * _block(self.scheme).itemsize
        os.truncate(handle, max(os.fstat(handle).st_size, start + _block(self.scheme).itemsize))
        at = start
        for column in (part.ids, part.campaigns, *part.columns):
            os.pwrite(handle, column.tobytes(), at + slot * column.itemsize)
            at += self.scheme.side * column.itemsize

    def parts(self) -> list[Part]:
        """Return what is counted, as it lies in the file; nothing is read before it is looked at."""
        kind = _block(self.scheme)
        blocks = -(-self.count // self.scheme.side)
        if not blocks:
            return []
        with self.path.open("rb") as file:
            whole = mmap(file.fileno(), TOP + blocks * kind.itemsize, MAP_SHARED, PROT_READ)
        found = []
        for number, block in enumerate(np.frombuffer(whole, kind, blocks, TOP)):
            many = min(self.scheme.side, self.count - number * self.scheme.side)
            columns = block["columns"][:, :many]
            found.append(Part(block["id"][:many], block["campaign"][:many], columns))
        return found

    def some(self, many: int) -> dict[int, bytes]:
        """Return the first 8 bytes of at most so many prints by number, spread over all."""
        parts, first = self.parts(), 8 // np.dtype(self.scheme.type).itemsize
        found = {}
        for at in {n * (self.count - 1) // max(many - 1, 1) for n in range(min(many, self.count))}:
            block, slot = divmod(at, self.scheme.side)
            found[int(parts[block].ids[slot])] = parts[block].columns[:first, slot].tobytes()
        return found

    def last(self) -> tuple[int, bytes]:
        """Return the number and head of the last print; 0 and nothing where there is none."""
        if not self.count:
            return 0, b""
        part = self.parts()[-1]
        return int(part.ids[-1]), part.columns[:, -1].tobytes()


def _block(scheme: Scheme) -> np.dtype[np.void]:
    columns = ("columns", scheme.type, (scheme.columns, scheme.side))
    return np.dtype([("id", "<i8", (scheme.side,)), ("campaign", "<i8", (scheme.side,)), columns])


def _name(scheme: Scheme) -> bytes:
    return f"shifan prints {scheme.name} {scheme.columns} {scheme.type} {scheme.side} {EACH}\n".encode()
