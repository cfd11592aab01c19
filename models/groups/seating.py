"""Who sits where from which day: a change ends one seat and begins another, and forgets neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, or_, select

from models.errors import ProgressError
from models.groups.group import GroupSeat, WorkingGroup
from models.keys import key_of
from models.loading.changes import OPERATOR
from models.rules.groups.words import SeatRole, role_word
from models.units.unit import Unit

ONE_DAY = timedelta(days=1)
# Of these there is one at a time: who comes takes the place of who was there.
ALONE = (SeatRole.HEAD, SeatRole.LOCATED_IN, SeatRole.LIAISON)


@dataclass(frozen=True, slots=True)
class Seating:
    """What is said of a seat: the role, who holds it (a post or a unit), from when, and on whose word."""

    role: SeatRole
    post: str
    unit_id: int | None
    on: date
    by: str
    reason: str = ""


def seats_on(session: Session, campaign_id: int, day: date) -> list[GroupSeat]:
    """Return every seat that is held on ``day``, by group, in the order of the lists."""
    query = select(GroupSeat).where(
        GroupSeat.campaign_id == campaign_id,
        col(GroupSeat.first) <= day,
        or_(col(GroupSeat.last).is_(None), col(GroupSeat.last) >= day),
    )
    order = {role.value: n for n, role in enumerate(SeatRole)}
    found = session.exec(query.order_by(col(GroupSeat.position), col(GroupSeat.id)))
    return sorted(found, key=lambda one: (one.group_id, order[one.role], one.position))


def take_seat(
    session: Session, group: WorkingGroup, said: Seating, instead: GroupSeat | None
) -> list[GroupSeat]:
    """Let a post or unit sit in ``group`` from a day on; return what that changed, the new seat first.

    ``instead`` ends the day before; a role that only one can have ends with whoever had it. Who sits there
    already changes nothing: repeatable.
    """
    now = _holding(session, group, said.on)
    if any(_same(one, said) for one in now):
        return []
    if said.role in ALONE and (later := _begun_after(session, group, said)):
        raise ProgressError(_too_early(later, said.on))
    ended = [instead] if instead else [o for o in now if said.role in ALONE and o.role == said.role]
    for one in ended:
        leave_seat(one, said)
    return [_add(session, group, said, ended[0].position if ended else None), *ended]


def replace_seats(
    session: Session, group: WorkingGroup, wanted: Sequence[Seating], on: date
) -> tuple[list[str], list[str]]:
    """Make ``wanted`` the posts and units of ``group`` from ``on``; return who came and who went, in words.

    Classes of units (各镇) stay. Two seats that say the same are two. Repeatable.
    """
    left = [one for one in _holding(session, group, on) if one.class_id is None]
    fresh = []
    for said in wanted:
        there = next((one for one in left if _same(one, said)), None)
        if there:
            left.remove(there)
        else:
            fresh.append(said)
    names = _unit_names(session, left)
    ended = [
        f"{role_word(SeatRole(one.role), group.name)}：{one.post or names.get(one.unit_id or 0, '')}"
        for one in left
    ]
    for one in left:
        leave_seat(one, Seating(SeatRole(one.role), one.post, one.unit_id, on, OPERATOR))
    begun = [_add(session, group, said) for said in fresh]
    names = _unit_names(session, begun)
    came = [
        f"{role_word(SeatRole(one.role), group.name)}：{one.post or names.get(one.unit_id or 0, '')}"
        for one in begun
    ]
    return came, ended


def _add(
    session: Session, group: WorkingGroup, said: Seating, position: int | None = None
) -> GroupSeat:
    new = GroupSeat(
        campaign_id=group.campaign_id,
        group_id=key_of(group),
        role=said.role.value,
        position=_next_position(session, group) if position is None else position,
        post=said.post,
        unit_id=said.unit_id,
        first=said.on,
        made_by=said.by,
        reason=said.reason,
    )
    session.add(new)
    session.flush()
    return new


def leave_seat(seat: GroupSeat, said: Seating) -> None:
    """End ``seat`` on the day before ``said.on``; raises ProgressError for a day before it began."""
    if said.on < seat.first:
        raise ProgressError(_too_early(seat.first, said.on))
    seat.last, seat.made_by, seat.reason = said.on - ONE_DAY, said.by, said.reason


def _too_early(first: date, on: date) -> str:
    return f"这个席位从 {first} 起有人，不能从 {on} 起变动；请写 {first} 或以后的日期"


def _begun_after(session: Session, group: WorkingGroup, said: Seating) -> date | None:
    """Return when somebody took the role after ``said.on``; None where nobody did."""
    query = select(GroupSeat).where(
        GroupSeat.group_id == group.id,
        GroupSeat.role == said.role,
        col(GroupSeat.first) > said.on,
    )
    held = [one.first for one in session.exec(query) if one.last is None or one.last >= one.first]
    return max(held, default=None)


def held_by(
    session: Session, group: WorkingGroup, said: Seating, word: str, role: SeatRole | None
) -> GroupSeat:
    """Return the seat that ``word`` (a post or a unit) holds in ``group`` on a day, in ``role`` if given.

    Raises ProgressError that lists who sits there.
    """
    now = _holding(session, group, said.on)
    units = _unit_names(session, now)
    found = [
        one
        for one in now
        if (one.post or units.get(one.unit_id or 0, "")) == word.strip()
        and (role is None or one.role == role)
    ]
    if found:
        return found[0]
    listed = "、".join(
        f"{role_word(SeatRole(one.role), group.name)}：{one.post or units.get(one.unit_id or 0, '')}"
        for one in now[:12]
        if one.class_id is None
    )
    raise ProgressError(
        f"{said.on} 时{group.name}里没有“{word.strip()}”，现有 {listed or '（空）'}"
    )


def _holding(session: Session, group: WorkingGroup, day: date) -> list[GroupSeat]:
    seats = seats_on(session, group.campaign_id, day)
    return [one for one in seats if one.group_id == group.id]


def _same(one: GroupSeat, said: Seating) -> bool:
    return (one.role, one.post, one.unit_id) == (said.role.value, said.post, said.unit_id)


def _next_position(session: Session, group: WorkingGroup) -> int:
    query = select(GroupSeat.position).where(GroupSeat.group_id == group.id)
    return max(session.exec(query), default=-1) + 1


def _unit_names(session: Session, seats: list[GroupSeat]) -> dict[int, str]:
    ids = [one.unit_id for one in seats if one.unit_id]
    query = select(Unit.id, Unit.name).where(col(Unit.id).in_(ids))
    return {key or 0: name for key, name in session.exec(query)}
