"""The groups of a campaign on a day, with who sits where, and which seats nobody can be reached on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import all_of
from models.groups.group import GroupDuty, GroupSeat, WorkingGroup, groups_of
from models.groups.seating import seats_on
from models.keys import key_of
from models.loading.units import group_members
from models.rules.groups.vacancies import ContactHeld, PostSeat, vacancy_of
from models.rules.groups.words import SeatRole, role_word
from models.rules.words import Level
from models.units.succession import units_gone
from models.units.unit import Post, UnitGroup, units_of


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat on a day: what it is, who holds it since when, and what is missing of its contact."""

    role: SeatRole
    word: str
    holder: str
    first: date
    last: date | None = None
    is_unit: bool = False
    is_class: bool = False  # a class of units: 各镇
    vacancy: str = ""
    gone: str = ""  # of a unit that is gone: that it is, and who stands for it


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group on a day: its number and name, under which group, its seats and duties."""

    number: int
    name: str
    parent: str
    seats: Sequence[SeatLine] = ()
    duties: Sequence[str] = ()
    missing: Sequence[str] = field(default_factory=tuple)  # roles that nobody has

    @property
    def vacancies(self) -> list[str]:
        """Return the posts that no contact holds."""
        return [f"{one.word}：{one.holder}" for one in self.seats if one.vacancy]


def group_lines(session: Session, campaign_id: int, day: date) -> list[GroupLine]:
    """Return every group of the plan with its seats on ``day``, in the plan's order; nine statements."""
    groups = {key_of(one): one for one in groups_of(session, campaign_id)}
    names = _Names(session, campaign_id)
    seats: dict[int, list[SeatLine]] = {}
    for seat in seats_on(session, campaign_id, day):
        if seat.group_id in groups:
            seats.setdefault(seat.group_id, []).append(_line(seat, groups[seat.group_id], names))
    duties: dict[int, list[str]] = {}
    for duty in sorted(all_of(session, GroupDuty, campaign_id), key=lambda one: one.ordinal):
        if not duty.withdrawn:
            duties.setdefault(duty.group_id, []).append(duty.text)
    return [
        GroupLine(
            one.number,
            one.name,
            groups[one.parent_id].name if one.parent_id in groups else "",
            tuple(seats.get(key, ())),
            tuple(duties.get(key, ())),
            _missing(one, seats.get(key, [])),
        )
        for key, one in groups.items()
    ]


class _Names:
    """What the ids of seats stand for, and the contacts there are."""

    def __init__(self, session: Session, campaign_id: int) -> None:
        self.units = {key_of(one): one.name for one in units_of(session, campaign_id)}
        self.classes = {key_of(one): one.name for one in all_of(session, UnitGroup, campaign_id)}
        self.gone = {
            one: f"{self.units.get(one, '')}已撤并"
            + (f"，由{self.units.get(heir, '')}接手" if heir else "")
            for one, heir in units_gone(session, campaign_id).items()
        }
        self.members = group_members(session, campaign_id)
        self.contacts = [
            ContactHeld(
                one.title,
                self.units.get(one.unit_id or 0, ""),
                one.unit_id is not None and one.level == Level.UNIT_HEAD,
                one.vacant,
            )
            for one in all_of(session, Post, campaign_id)
        ]

    def holder(self, seat: GroupSeat) -> str:
        if seat.class_id:
            name = self.classes.get(seat.class_id, "")
            members = self.members.get(name, [])
            return f"{name}（{'、'.join(members)}）" if members else name
        return seat.post or self.units.get(seat.unit_id or 0, "")


def _line(seat: GroupSeat, group: WorkingGroup, names: _Names) -> SeatLine:
    role, of_post = SeatRole(seat.role), not (seat.unit_id or seat.class_id)
    own = PostSeat(seat.post, role, group.name, top=group.parent_id is None)
    return SeatLine(
        role,
        role_word(role, group.name),
        names.holder(seat),
        seat.first,
        seat.last,
        is_unit=not of_post,
        is_class=seat.class_id is not None,
        vacancy=vacancy_of(own, names.contacts) if of_post else "",
        gone=names.gone.get(seat.unit_id or 0, ""),
    )


def _missing(group: WorkingGroup, seats: Sequence[SeatLine]) -> list[str]:
    """Return the roles of a group that nobody has: a head always, a liaison of every group but the first."""
    held = {one.role for one in seats}
    wanted = [SeatRole.HEAD, *([SeatRole.LIAISON] if group.parent_id else [])]
    led = SeatRole.LEAD_UNIT in held
    return [
        role_word(role, group.name)
        for role in wanted
        if role not in held and not (led and role is SeatRole.HEAD)
    ]
