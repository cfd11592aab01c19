"""The words within a paragraph: plain, a number with its source, a place that is still empty."""

from collections.abc import Iterator
from typing import Protocol
from zlib import crc32

from models.papers.quoted import CountedRows, Missing, Quoted, RowsPlace, Supplied
from notifications.paper_blocks import Runs
from tasks.papers.word.elements import Element, linked, made, named_place, words
from tasks.papers.word.styles import MISSING


class NumberSources(Protocol):
    """Where the sources of numbers are kept: at the foot of the page, or under a table."""

    def mark(self, note: str) -> Element:
        """Keep ``note`` and return what points to it."""


def place_of_rows(key: str) -> str:
    """Return what the place of the rows of a number is called in the file; hidden from who edits by its _."""
    return f"_rows_{crc32(key.encode()):08x}"


def laid(runs: Runs, notes: NumberSources) -> Iterator[Element]:
    """Yield the elements of ``runs``; what is missing is seen at a glance, on paper too by its brackets."""
    for run in runs:
        if isinstance(run, Missing):
            yield words(str(run), made("rStyle", val=MISSING))
            continue
        if isinstance(run, CountedRows) and run.rows:
            yield linked(place_of_rows(run.place), words(str(run)))
        elif isinstance(run, RowsPlace):
            yield from named_place(place_of_rows(run.key), words(str(run)))
        else:
            yield words(str(run))
        if isinstance(run, Quoted):
            yield notes.mark(run.note)
        elif isinstance(run, Supplied):
            yield notes.mark(f"{run.by_post}提供的文字。")
