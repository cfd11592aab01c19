"""Find a unit by what a clerk wrote, and say which one was probably meant when there is none."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from models.loading.units import UnitEntry
from models.rules.bodies import Bodies, body_key
from tasks.workbook.cells import half_width, without_blanks
from tasks.workbook.rows import Row

Found = TypeVar("Found")
ALIKE = 0.6  # share of characters from which a suggestion helps
SURELY_MEANT = 0.85  # from here on it is taken for a slip of the pen, never for a new name


def key(name: str) -> str:
    """Return a name as it is compared: without white space, brackets and digits in half width."""
    return half_width(without_blanks(name))


def names_of_units(units: Sequence[UnitEntry]) -> dict[str, str]:
    """Return the name of each unit by all of its names, with bodies; its own comes first."""
    names = {alias: unit.name for unit in units for alias in unit.aliases}
    return with_bodies(names | {unit.name: unit.name for unit in units})


def unit_in(
    row: Row, column: str, written: str, names: Mapping[str, str], hint: str = ""
) -> str | None:
    """Return the unit that ``written`` means among ``names`` with bodies; a fault and None for none."""
    unit = meant(written, names)
    if not written:
        row.fault(column, "没有填写")
    elif unit is None:
        row.fault(column, f"没有“{written}”这个单位{perhaps(written, names.values())}{hint}")
    return unit


def with_bodies(names: Mapping[str, Found]) -> dict[str, Found]:
    """Return ``names`` by key, and each by what all ways to write it agree in, where only one has that."""
    by_key = {key(name): found for name, found in names.items()}
    bodies: dict[str, Found] = {}
    shared: set[str] = set()
    for name, found in by_key.items():
        if bodies.setdefault(body_key(name), found) != found:
            shared.add(body_key(name))
    return {body: one for body, one in bodies.items() if body not in shared} | by_key


def meant(written: str, names: Mapping[str, Found]) -> Found | None:
    """Return what ``written`` means among ``names`` with bodies: 市委办公室 is found as 市委办."""
    word = key(written)
    return names[word] if word in names else names.get(body_key(word))


def nearest(name: str, names: Iterable[str], at_least: float = ALIKE) -> str | None:
    """Return the name most like ``name``, None when nothing is much like it."""
    matcher = SequenceMatcher(b=name, autojunk=False)
    best, found = at_least, None
    for other in names:
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= best and (alike := matcher.ratio()) >= best:
            best, found = alike + 1e-9, other
    return found


def perhaps(name: str, names: Iterable[str]) -> str:
    """Return “,是否为“…”” when some name is much like ``name``, else an empty string."""
    known = list(names)
    alike = Bodies(known).perhaps(name)
    found = alike[0] if alike else nearest(name, known)
    return f"，是否为“{found}”" if found else ""
