"""Store the tree of indicators and who is assigned to each, from the office's own table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect
from sqlmodel import Session, col, select

from models.campaign.work import Assignment, Indicator
from models.database import run
from models.keys import key_of
from models.loading.changes import Changes
from models.loading.merge import brought_in_line, store_references, write_rows
from models.rules.words import Progress, Role
from models.units.expansion import expand_groups
from models.units.succession import FINISHED, successors


@dataclass(frozen=True, slots=True)
class Worth:
    """What the table says of an indicator's points: how many, how they are given, down to which floor."""

    points: float
    method: str = ""
    floor: float = 0.0


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """An indicator as the table has it, with the ids of its units and groups by role.

    ``methods`` and ``proofs`` have a line for each; None where the table has no such column, and what
    stands then stays.
    """

    code: str
    level: int
    parent: str
    title: str
    op: str = ""
    value: float | None = None
    unit_of_value: str = ""
    units: Mapping[int, Role] = field(default_factory=dict)
    groups: Mapping[int, Role] = field(default_factory=dict)
    methods: str | None = None
    proofs: str | None = None
    worth: Worth | None = None


def store_indicators(
    session: Session, campaign_id: int, entries: Sequence[IndicatorEntry]
) -> Changes:
    """Make ``entries`` the indicators of the campaign; repeatable.

    What is no longer listed is marked withdrawn with its assignments, and keeps its progress; listed
    again, it comes back as it was. Groups expand through their members. Expects entries whose
    parents are among them, one level up.
    """
    changes = Changes()
    ids = _store_tree(session, campaign_id, entries, changes)
    groups = {(ids[e.code], group, role.value) for e in entries for group, role in e.groups.items()}
    changes.numbers["references"] += store_references(session, campaign_id, "indicator_id", groups)
    _store_assignments(session, campaign_id, entries, ids, changes)
    changes.numbers["assigned"] += expand_groups(session, campaign_id)
    return changes


def _store_tree(
    session: Session,
    campaign_id: int,
    entries: Sequence[IndicatorEntry],
    changes: Changes,
) -> dict[str, int]:
    """Store the tree from the top down; return the id of every listed indicator."""
    query = select(Indicator).where(Indicator.campaign_id == campaign_id)
    rows = {row.code: row for row in session.exec(query)}
    for level in (1, 2, 3):
        for entry in (one for one in entries if one.level == level):
            new = Indicator(
                campaign_id=campaign_id,
                code=entry.code,
                level=level,
                parent_id=key_of(rows[entry.parent]) if entry.parent else None,
                title=entry.title,
                op=entry.op,
                value=entry.value,
                unit_of_value=entry.unit_of_value,
                withdrawn=False,
            )
            for name, text in (("methods", entry.methods), ("proofs", entry.proofs)):
                if text is not None:
                    setattr(new, name, text)
            row = rows.setdefault(entry.code, new)
            if row is new:
                session.add(new)
                changes.add("added", entry.code)
            elif brought_in_line(row, new):
                changes.add("changed", entry.code)
        session.flush()
    listed = {entry.code for entry in entries}
    for code in rows.keys() - listed:
        if not rows[code].withdrawn:
            rows[code].withdrawn = True
            changes.add("withdrawn", code)
    session.flush()
    return {code: key_of(rows[code]) for code in listed}


def indicator_ids(session: Session, campaign_id: int) -> dict[str, int]:
    """Return the id of every indicator that stands, by its code."""
    query = select(Indicator.code, Indicator.id).where(
        Indicator.campaign_id == campaign_id, col(Indicator.withdrawn).is_(False)
    )
    return {code: id_ or 0 for code, id_ in session.exec(query)}


def _store_assignments(
    session: Session,
    campaign_id: int,
    entries: Sequence[IndicatorEntry],
    ids: Mapping[str, int],
    changes: Changes,
) -> None:
    """Assign the units named one by one; those of groups follow by expansion."""
    wanted = {
        (ids[entry.code], unit_id, role.value)
        for entry in entries
        for unit_id, role in entry.units.items()
    }
    query: Any = select(
        Assignment.id,
        Assignment.indicator_id,
        Assignment.unit_id,
        Assignment.role,
        Assignment.withdrawn,
        Assignment.group_id,
    )  # type: ignore[call-overload]
    query = query.where(
        Assignment.campaign_id == campaign_id, col(Assignment.indicator_id).is_not(None)
    )
    current = {
        (indicator, unit, role): (found, withdrawn, group)
        for found, indicator, unit, role, withdrawn, group in session.connection().execute(query)
    }
    wanted = _without_finished(session, campaign_id, wanted)
    # Through a group or by name, a unit has one part in an indicator.
    named = {(indicator, unit) for indicator, unit, _ in wanted}
    listed = set(ids.values())
    back, gone = [], []
    for key, (found, withdrawn, group) in current.items():
        if key in wanted:
            if withdrawn or group:
                back.append(found)
        elif not withdrawn and (not group or key[:2] in named or key[0] not in listed):
            gone.append(found)
    fresh = sorted(wanted - current.keys())
    new = {"campaign_id": campaign_id, "state": Progress.OPEN, "withdrawn": False}
    new |= {"by_post": "", "note": ""}
    rows = [new | {"indicator_id": i, "unit_id": u, "role": r} for i, u, r in fresh]
    session.bulk_insert_mappings(inspect(Assignment), rows)
    marks = [*((one, False) for one in back), *((one, True) for one in gone)]
    said = [{"row": one, "withdrawn": mark, "group_id": None} for one, mark in marks]
    write_rows(session, Assignment, said)
    run(session, _THROUGH_GROUP, {"campaign": campaign_id})
    changes.numbers["assigned"] += len(fresh) + len(back)
    changes.numbers["unassigned"] += len(gone)


def _without_finished(
    session: Session, campaign_id: int, wanted: set[tuple[int, int, str]]
) -> set[tuple[int, int, str]]:
    """Return ``wanted`` with the parts that a unit finished left to it, not to the unit that succeeded it."""
    heirs = successors(session, campaign_id)
    if not heirs:
        return wanted
    query = select(Assignment.indicator_id, Assignment.unit_id, Assignment.role).where(
        Assignment.campaign_id == campaign_id,
        col(Assignment.indicator_id).is_not(None),
        col(Assignment.unit_id).in_(list(heirs)),
        col(Assignment.withdrawn).is_(False),
        col(Assignment.state).in_([str(state) for state in FINISHED]),
    )
    for indicator, unit, role in session.exec(query):
        theirs, ours = (indicator or 0, heirs[unit], role), (indicator or 0, unit, role)
        if theirs in wanted:
            wanted = wanted - {theirs} | {ours}
    return wanted


# A unit no longer named by itself, but a member of a group that is, keeps its part through the group.
_THROUGH_GROUP = """
    UPDATE assignment SET withdrawn = false, group_id = (
        SELECT min(r.group_id) FROM group_reference r
        JOIN unit_group_member m ON m.group_id = r.group_id
        WHERE r.indicator_id = assignment.indicator_id AND m.unit_id = assignment.unit_id)
    WHERE campaign_id = :campaign AND indicator_id IS NOT NULL AND withdrawn
      AND EXISTS (SELECT 1 FROM group_reference r
                  JOIN unit_group_member m ON m.group_id = r.group_id
                  JOIN unit u ON u.id = m.unit_id AND NOT u.retired
                  WHERE r.indicator_id = assignment.indicator_id
                    AND m.unit_id = assignment.unit_id)
      AND NOT EXISTS (SELECT 1 FROM assignment other
                      WHERE other.indicator_id = assignment.indicator_id
                        AND other.unit_id = assignment.unit_id
                        AND (NOT other.withdrawn OR other.id < assignment.id))
"""
