"""Ask whether two names of a list of units are one body's: two lists for one body never come about unasked."""

from collections.abc import Sequence

from models.loading.units import UnitEntry
from models.rules.bodies import Bodies, body_key
from tasks.workbook.cells import as_names
from tasks.workbook.reading import Row

DIFFERENT = "不同于"  # the column that says: these are two


def ask_about_doubles(found: Sequence[tuple[Row, UnitEntry]], known: Sequence[UnitEntry]) -> None:
    """Make a fault of each unit that is new or renamed and may be another one under another name.

    Units that are there as two already were answered about, and so are those of which a row says that
    they are different.
    """
    listed = {entry.unit_id for _, entry in found}
    places = [(f"第 {row.number} 行", entry) for row, entry in found]
    places += [("名册里已有", unit) for unit in known if unit.unit_id not in listed]
    owners: dict[str, tuple[str, UnitEntry]] = {}
    bodies = Bodies()
    for place, unit in places:
        for name in () if unit.retired else (unit.name, *unit.aliases):
            owners.setdefault(name, (place, unit))
            bodies.add(name)
    different = {
        frozenset(map(body_key, (entry.name, other)))
        for row, entry in found
        for other in as_names(row.cell(DIFFERENT))
    }
    before = {unit.unit_id: unit.name for unit in known}
    asked: set[frozenset[str]] = set()
    for row, entry in found:
        if entry.retired or before.get(entry.unit_id) == entry.name or not entry.name:
            continue
        for name in [*bodies.same(entry.name), *bodies.perhaps(entry.name)]:
            place, other = owners[name]
            pair = frozenset((entry.name, other.name))
            said = frozenset(map(body_key, pair))
            if other is entry or len(pair) < 2 or pair in asked or said in different:
                continue
            asked.add(pair)
            also = f"“{other.name}”" + (f"（又名“{name}”）" if name != other.name else "")
            row.fault(
                "单位名称",
                f"“{entry.name}”与{also}（{place}）像是同一个单位：是，就只留一行，把另一个名称写进别名；"
                f"不是，在“{DIFFERENT}”列写上“{other.name}”",
            )
