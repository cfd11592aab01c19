"""Leaves of long lists: as much of a list as a page may weigh, and where the rest of it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import escape

from deployments.window.asking import Asked
from models.rules.bounds import LONGEST_NAME

ROOM = 44_000  # bytes: a page has 80,000 with its style, its head and its foot
MOST = 200  # rows of a leaf, however light they are
LONGEST_SKIP = 7  # digits
AROUND = 30  # bytes of markup around a value to choose

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Leaf:
    """Rows of a list as they are drawn, from the row ``skip`` on, of ``total``."""

    rows: Sequence[str]  # markup
    skip: int
    total: int

    @property
    def last(self) -> int:
        """Return the place of the last row, counted from 1."""
        return self.skip + len(self.rows)

    @property
    def rest(self) -> int:
        """Return how many rows come behind it."""
        return self.total - self.last


def leaf(
    found: Sequence[Row],
    draw: Callable[[Row], str],
    skip: int = 0,
    room: int = ROOM,
    most: int = MOST,
) -> Leaf:
    """Return a leaf of ``found`` from ``skip`` on: what ``draw`` makes of a row each, within ``room`` bytes.

    The first row is there whatever it weighs; a ``skip`` behind the end begins anew.
    """
    skip = skip if skip < len(found) else 0
    rows: list[str] = []
    for one in found[skip : skip + most]:
        row = draw(one)
        room -= len(row.encode())
        if rows and room < 0:
            break
        rows.append(row)
    return Leaf(rows, skip, len(found))


def skipped_in(asked: Asked) -> int:
    """Return how many rows of a list come before the leaf that is asked for; none for what makes no sense."""
    typed = asked.query.get("from", "")
    known = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_SKIP
    return int(typed) if known else 0


def leaf_asked(asked: Asked, lists: Sequence[str] = ()) -> dict[str, object]:
    """Return the facts by which a page shows leaves: which of its ``lists`` alone ("" for all), from which row on."""
    wanted = asked.query.get("list", "")
    only = wanted if wanted in lists else ""
    return {"only": only, "skip": skipped_in(asked) if only or not lists else 0}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Pairs of a value and its words to choose from: those in which ``typed`` is found, as many as fit.

    ``cut`` says that there are more than a page holds, so that it asks for a part of the name first.
    """

    pairs: Sequence[tuple[str, str]]
    name: str
    typed: str
    cut: bool


def narrowed(
    asked: Asked,
    known: Sequence[tuple[str, str]],
    name: str = "q",
    *,
    chosen: str = "",
    room: int = ROOM,
) -> Narrowed:
    """Return what of ``known`` is to choose from, by what was typed into the field ``name``; ``chosen`` is among it."""
    typed = " ".join(asked.query.get(name, "").split())[:LONGEST_NAME]
    found = [one for one in known if one[0] == chosen or typed in one[1]]
    found.sort(key=lambda one: one[0] != chosen)
    fit = _fitting(found, room)
    return Narrowed(found[:fit], name, typed, fit < len(found) or len(found) < len(known))


def that_fit(names: Sequence[str], room: int = ROOM) -> Sequence[str]:
    """Return ``names`` to choose from, none where they are too many for a page."""
    return names if _fitting([(name, "") for name in names], room) == len(names) else ()


def _fitting(pairs: Sequence[tuple[str, str]], room: int) -> int:
    for place, (value, words) in enumerate(pairs):
        room -= len(escape(value).encode()) + len(escape(words).encode()) + AROUND
        if room < 0:
            return place
    return len(pairs)
