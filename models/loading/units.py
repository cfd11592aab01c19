"""Bring units, their names and the members of groups in line with the operator's list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.keys import key_of
from models.loading.changes import Changes
from models.units.unit import (
    Unit,
    UnitAlias,
    UnitGroup,
    UnitGroupMember,
    add_default_posts,
    units_of,
)


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit as the operator lists it, with every other name it has; without an id it is new."""

    unit_id: int | None
    name: str
    aliases: tuple[str, ...] = ()
    retired: bool = False


def store_listed_units(
    session: Session, campaign_id: int, entries: Sequence[UnitEntry], changes: Changes
) -> dict[str, int]:
    """Add, rename and retire units and set their aliases; return the id of every listed unit by name.

    A new unit gets its default posts. A renamed one keeps its posts, channel tags and history, and
    its old name stays an alias when the entry lists it. Units not listed stay as they are. Expects
    entries without contradictions.
    """
    units = {u.id: u for u in units_of(session, campaign_id)}
    listed: list[tuple[Unit, UnitEntry]] = []
    fresh: list[Unit] = []
    for entry in entries:
        unit = units.get(entry.unit_id)
        if unit is None:
            unit = Unit(campaign_id=campaign_id, name=entry.name)
            fresh.append(unit)
            session.add(unit)
            changes.add("added", entry.name)
        elif unit.name != entry.name:
            changes.add("renamed", f"{unit.name}→{entry.name}")
            unit.name = entry.name
        if unit.retired != entry.retired:
            changes.add("retired" if entry.retired else "restored", entry.name)
            unit.retired = entry.retired
            if not entry.retired:
                unit.successor_id = None  # it speaks for itself again
        listed.append((unit, entry))
    session.flush()
    add_default_posts(session, campaign_id, fresh)
    _store_aliases(session, campaign_id, listed, changes)
    return {entry.name: key_of(unit) for unit, entry in listed}


def add_units(session: Session, campaign_id: int, names: Sequence[str]) -> dict[str, int]:
    """Add units nobody listed before, with their default posts; return their ids by name."""
    changes = Changes()
    return store_listed_units(
        session, campaign_id, [UnitEntry(None, name) for name in names], changes
    )


def _store_aliases(
    session: Session,
    campaign_id: int,
    listed: Sequence[tuple[Unit, UnitEntry]],
    changes: Changes,
) -> None:
    wanted = {alias: unit for unit, entry in listed for alias in entry.aliases}
    names = {unit.id: unit.name for unit, _ in listed}
    query = select(UnitAlias).where(UnitAlias.campaign_id == campaign_id)
    rows = {row.name: row for row in session.exec(query)}
    for name, row in rows.items():
        if row.unit_id in names and name not in wanted:
            changes.add("aliases_removed", f"{names[row.unit_id]}：{name}")
            session.delete(row)
    for name, unit in wanted.items():
        if name in rows and rows[name].unit_id == unit.id:
            continue
        changes.add("aliases_added", f"{unit.name}：{name}")
        if name in rows:
            rows[name].unit_id = key_of(unit)
        else:
            session.add(UnitAlias(campaign_id=campaign_id, unit_id=key_of(unit), name=name))
    session.flush()


def store_members(
    session: Session,
    campaign_id: int,
    members: Mapping[str, Mapping[str, int]],
    changes: Changes,
) -> None:
    """Make ``members`` (unit ids by name, by group) the members of those groups; others stay."""
    query = select(UnitGroup).where(UnitGroup.campaign_id == campaign_id)
    groups = {group.name: group for group in session.exec(query)}
    for name in members:
        if name not in groups:
            groups[name] = UnitGroup(campaign_id=campaign_id, name=name)
            session.add(groups[name])
            changes.add("groups_added", name)
    session.flush()
    units = units_of(session, campaign_id)
    unit_names = {unit.id: unit.name for unit in units}
    spoken_of = [key_of(groups[name]) for name in members]
    there = select(UnitGroupMember).where(col(UnitGroupMember.group_id).in_(spoken_of))
    by_group: dict[int, dict[int, UnitGroupMember]] = {group: {} for group in spoken_of}
    for row in session.exec(there):
        by_group[row.group_id][row.unit_id] = row
    for name, wanted in members.items():
        rows = by_group[key_of(groups[name])]
        for unit_id in wanted.values():
            if unit_id not in rows:
                member = UnitGroupMember(group_id=key_of(groups[name]), unit_id=unit_id)
                session.add(member)
                changes.add("members_added", f"{name}：{unit_names[unit_id]}")
        for unit_id in rows.keys() - set(wanted.values()):
            session.delete(rows[unit_id])
            changes.add("members_removed", f"{name}：{unit_names[unit_id]}")
    session.flush()


def listed_units(session: Session, campaign_id: int) -> list[UnitEntry]:
    """Return every unit with its other names, in the plan's order."""
    aliases: dict[int, list[str]] = {}
    query = (
        select(UnitAlias.unit_id, UnitAlias.name)
        .where(UnitAlias.campaign_id == campaign_id)
        .order_by(col(UnitAlias.id))
    )
    for unit_id, name in session.exec(query):
        aliases.setdefault(unit_id, []).append(name)
    return [
        UnitEntry(unit.id, unit.name, tuple(aliases.get(key_of(unit), ())), unit.retired)
        for unit in units_of(session, campaign_id)
    ]


def group_members(session: Session, campaign_id: int) -> dict[str, list[str]]:
    """Return the names of every group's members, groups and units in the plan's order."""
    query = (
        select(UnitGroup.name, Unit.name)
        .join(UnitGroupMember, col(UnitGroupMember.group_id) == UnitGroup.id, isouter=True)
        .join(Unit, col(Unit.id) == UnitGroupMember.unit_id, isouter=True)
        .where(UnitGroup.campaign_id == campaign_id)
        .order_by(col(UnitGroup.id), col(Unit.id))
    )
    found: dict[str, list[str]] = {}
    for group, unit in session.exec(query):
        found.setdefault(group, []).extend([unit] if unit else [])
    return found


def group_ids(session: Session, campaign_id: int) -> dict[str, int]:
    """Return the id of every group by its name."""
    query = select(UnitGroup.name, UnitGroup.id).where(UnitGroup.campaign_id == campaign_id)
    return {name: found or 0 for name, found in session.exec(query)}
