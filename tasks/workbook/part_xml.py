"""The elements of a part of a workbook, as they come: no document type, hence no entity, and bounded texts.

As light as the guarded worker, in which alone it is used.
"""

from __future__ import annotations

import re
from pyexpat import ParserCreate

from models.errors import CampaignError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from zipfile import ZipFile

    # The name of an element, its attributes where it begins, and the text in it where it ends.
    Event = tuple[str, dict[str, str] | None, str]

ADDRESS = re.compile("([A-Za-z]{1,3})([0-9]{1,8})")
LONGEST_TEXT = 2_000  # characters of an element that are kept
PIECE = 1 << 16  # bytes that are parsed at once


def address_of(address: str) -> tuple[int, int] | None:
    """Return row and column (from 0) of an address like AB12, None when it is none."""
    found = ADDRESS.fullmatch(address)
    return (int(found[2]) - 1, column_number(found[1].upper().encode()) - 1) if found else None


def column_number(letters: bytes) -> int:
    """Return the number of a column, counted from 1, by its capital letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def elements_begun(parts: ZipFile, part: str, *tags: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of every element that is called one of ``tags``."""
    return (given for _, given, _ in elements_of(parts, part, {*tags}) if given is not None)


def elements_of(
    parts: ZipFile, part: str, begun: set[str], ended: Collection[str] = ()
) -> Iterator[Event]:
    """Yield where elements of a part begin, and where they end; names without their name space."""
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    events: list[Event] = []
    text = ""

    def begin(tag: str, given: dict[str, str]) -> None:
        nonlocal text
        text, name = "", tag.rpartition(" ")[2]
        if name in begun:
            own = {key.rpartition(" ")[2]: value for key, value in given.items()}
            events.append((name, own, ""))

    def end(tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name in ended:
            events.append((name, None, text))

    def keep(words: str) -> None:
        nonlocal text
        text = (text + words)[:LONGEST_TEXT]

    def refuse(*_given: object) -> None:
        raise CampaignError("里有外部引用，可能有害，没有打开")

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = keep
    parser.StartDoctypeDeclHandler = refuse
    with parts.open(part) as file:
        while piece := file.read(PIECE):
            parser.Parse(piece)
            yield from events
            events.clear()
    parser.Parse(b"", True)
    yield from events
