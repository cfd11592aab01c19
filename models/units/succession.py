"""Succession: what is open at a unit that is gone becomes another unit's, in one act.

Finished items stay where they were done. Afterwards the plan and the indicators speak of the old unit
and mean the new one, so loading them again changes nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.campaign.about import ASSIGNED_CODE
from models.campaign.work import Assignment
from models.database import run
from models.errors import ProgressError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import FINISHED
from models.units.succession_back import SUCCESSION, UNDO, as_it_stands, rows_changed
from models.units.unit import Post, Unit


@dataclass(frozen=True, slots=True)
class Succession:
    """What a succession moved; ``merged`` parts were the new unit's own already."""

    old: str
    new: str
    parts: int
    milestones: int
    merged: int

    @property
    def count(self) -> int:
        """Return how many items changed hands."""
        return self.parts + self.milestones + self.merged


def successors(session: Session, campaign_id: int) -> dict[int, int]:
    """Return, by id, the unit that stands for each unit that was succeeded: the last of a row of them."""
    query = select(Unit.id, Unit.successor_id).where(
        Unit.campaign_id == campaign_id, col(Unit.successor_id).is_not(None)
    )
    direct = {old or 0: new or 0 for old, new in session.exec(query)}
    return last_of(direct)


def last_of(direct: Mapping[int, int]) -> dict[int, int]:
    """Return the last unit of each row of units, by ids, of which one succeeded the other."""
    return {old: _last(direct, old) for old in direct}


def units_gone(session: Session, campaign_id: int) -> dict[int, int | None]:
    """Return, by id, who stands for each unit that is retired or was succeeded; None where nobody does."""
    heirs = successors(session, campaign_id)
    query = select(Unit.id).where(Unit.campaign_id == campaign_id, col(Unit.retired).is_(True))
    return dict.fromkeys(one or 0 for one in session.exec(query)) | heirs


def _last(direct: Mapping[int, int], old: int) -> int:
    seen = {old}
    while (following := direct.get(old)) and following not in seen:
        seen.add(following)
        old = following
    return old


# Where the new unit has a part in the item already, it stays one part: the leading one.
_MERGE = """
    UPDATE assignment SET withdrawn = true, group_id = NULL
    WHERE campaign_id = :campaign AND NOT withdrawn AND state IN ('open', 'started')
      AND unit_id = :{loser}
      AND EXISTS (SELECT 1 FROM assignment o WHERE o.campaign_id = :campaign AND NOT o.withdrawn
          AND o.unit_id = :{winner} AND (o.work_item_id = assignment.work_item_id
              OR o.indicator_id = assignment.indicator_id) AND {stronger})
    RETURNING id"""
_OLD_LOSES = _MERGE.format(
    loser="old", winner="new", stronger="(o.role = 'lead' OR assignment.role <> 'lead')"
)
_NEW_LOSES = _MERGE.format(
    loser="new",
    winner="old",
    stronger="o.role = 'lead' AND assignment.role <> 'lead' AND o.state IN ('open', 'started')",
)
# What the new unit had once and lost comes back, and the old unit's part merges into it.
_REVIVE = """
    UPDATE assignment SET withdrawn = false
    WHERE campaign_id = :campaign AND unit_id = :new AND withdrawn AND state <> 'open'
      AND EXISTS (SELECT 1 FROM assignment o WHERE o.campaign_id = :campaign
          AND o.unit_id = :old AND NOT o.withdrawn AND o.state IN ('open', 'started')
          AND o.role = assignment.role AND (o.work_item_id = assignment.work_item_id
              OR o.indicator_id = assignment.indicator_id))"""
# Where nothing was done on it, it stands as the old unit left the item.
_TAKE_UP = """
    UPDATE assignment SET withdrawn = false, group_id = o.group_id, begin_by = o.begin_by,
        due = o.due, original_due = o.original_due, state = o.state, by_post = o.by_post, note = o.note
    FROM assignment o
    WHERE assignment.campaign_id = :campaign AND assignment.unit_id = :new AND assignment.withdrawn
      AND assignment.state = 'open' AND o.campaign_id = :campaign AND o.unit_id = :old
      AND NOT o.withdrawn AND o.state IN ('open', 'started') AND o.role = assignment.role
      AND (o.work_item_id = assignment.work_item_id OR o.indicator_id = assignment.indicator_id)"""
_MOVE = """
    UPDATE {table} SET unit_id = :new
    WHERE campaign_id = :campaign AND unit_id = :old AND NOT withdrawn
      AND state IN ('open', 'started') RETURNING id"""
# What was found at it is the new unit's to mend; what is settled stays where it was mended.
_MOVE_FINDINGS = """
    UPDATE finding SET unit_id = :new
    WHERE campaign_id = :campaign AND unit_id = :old AND state NOT IN ('closed', 'ended')"""
_MOVE_MEMBERS = (
    """DELETE FROM unit_group_member WHERE unit_id = :old AND group_id IN (
           SELECT group_id FROM unit_group_member WHERE unit_id = :new)""",
    "UPDATE unit_group_member SET unit_id = :new WHERE unit_id = :old",
)
# Whoever acknowledged is gone; the new unit has not heard of it yet.
_HEARD_BY_NOBODY = """
    UPDATE acknowledgement SET runs_out = :yesterday
    WHERE campaign_id = :campaign AND runs_out > :yesterday AND (
        (subject_kind = 'assignment' AND subject_id IN (SELECT id FROM assignment
            WHERE campaign_id = :campaign AND unit_id = :old AND state IN ('open', 'started')))
        OR (subject_kind = 'milestone' AND subject_id IN (SELECT id FROM milestone
            WHERE campaign_id = :campaign AND unit_id = :old AND state IN ('open', 'started'))))"""
_NAMES = f"""
    SELECT {ASSIGNED_CODE} AS code FROM assignment a
    LEFT JOIN work_item w ON w.id = a.work_item_id LEFT JOIN indicator i ON i.id = a.indicator_id
    WHERE a.campaign_id = :campaign AND a.unit_id = :old AND NOT a.withdrawn
      AND a.state IN ('open', 'started')
    UNION ALL
    SELECT code FROM milestone WHERE campaign_id = :campaign AND unit_id = :old AND NOT withdrawn
      AND state IN ('open', 'started')"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Heir:
    """Which unit takes over from which, on whose word and why."""

    old: Unit
    new: Unit
    by: str
    reason: str


def succeed(session: Session, campaign_id: int, said: Heir, moment: Moment) -> Succession:
    """Make what is open at the old unit the work of the new; one entry of the audit says what it was.

    Repeatable: what is left is moved. Raises ProgressError where the old unit still has people or the
    new one has none.
    """
    old, new = said.old, said.new
    _may_succeed(session, old, new)
    values = {"campaign": campaign_id, "old": key_of(old), "new": key_of(new)}
    codes = sorted({row.code for row in run(session, _NAMES, values)})
    if not codes and old.successor_id == new.id:
        return Succession(old.name, new.name, 0, 0, 0)
    yesterday, both = moment.today - timedelta(days=1), (key_of(old), key_of(new))
    stood, heir_before = as_it_stands(session, campaign_id, both), old.successor_id
    run(session, _HEARD_BY_NOBODY, values | {"yesterday": yesterday})
    run(session, _REVIVE, values)
    merged = _ids(session, _OLD_LOSES, values)
    run(session, _NEW_LOSES, values)
    run(session, _TAKE_UP, values)
    taken_up = _ids(session, _OLD_LOSES, values)
    parts = _ids(session, _MOVE.format(table="assignment"), values)
    milestones = _ids(session, _MOVE.format(table="milestone"), values)
    for sql in (_MOVE_FINDINGS, *_MOVE_MEMBERS):
        run(session, sql, values)
    old.successor_id = new.id
    session.add(old)
    session.flush()
    what = {"to": new.name, "reason": said.reason, "items": codes}
    rows = {"assignments": parts, "milestones": milestones, "merged": [*merged, *taken_up]}
    kept = {
        UNDO: rows_changed(stood, as_it_stands(session, campaign_id, both)),
        "before": heir_before,
    }
    record(
        session, campaign_id, moment, NewEntry(said.by, SUCCESSION, old.name, what | rows | kept)
    )
    session.expire_all()
    count = len(parts) + len(taken_up)
    return Succession(old.name, new.name, count, len(milestones), len(merged))


def _may_succeed(session: Session, old: Unit, new: Unit) -> None:
    if old.id == new.id:
        raise ProgressError("接手的就是同一个单位")
    if not _gone(session, old):
        raise ProgressError(
            f"“{old.name}”没有停用，岗位上也有人；先用 shifan units 把它停用，或用 shifan posts 把岗位设为空缺"
        )
    if _gone(session, new):
        raise ProgressError(f"“{new.name}”已停用或岗位全部空缺，不能接手，请另选单位")


def _ids(session: Session, sql: str, values: Mapping[str, object]) -> list[int]:
    return [row.id for row in run(session, sql, values)]


def _gone(session: Session, unit: Unit) -> bool:
    held = select(Post.id).where(Post.unit_id == unit.id, col(Post.vacant).is_(False)).limit(1)
    return unit.retired or session.exec(held).first() is None


Parts = Mapping[tuple[int, int, str], Assignment]  # by item, unit and role


def has_a_part(
    wanted: Collection[tuple[int, int, str]], rows: Parts, key: tuple[int, int, str]
) -> bool:
    """Say whether an heir has a part of another role in the item already, and this one would be a second.

    Plans name the leading units first. What was finished stays a part of its own.
    """
    return not _finished(rows, key) and any(one[:2] == key[:2] for one in wanted)


def heir(rows: Parts, heirs: Mapping[int, int], item: int, unit: int, role: str) -> int:
    """Return whose part it is that a plan gives to ``unit``: its own where it finished it, else its heir's."""
    return unit if _finished(rows, (item, unit, role)) else heirs.get(unit, unit)


def _finished(rows: Parts, key: tuple[int, int, str]) -> bool:
    return key in rows and not rows[key].withdrawn and rows[key].state in FINISHED
