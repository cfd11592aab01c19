"""Which seats nobody can be reached on: a post that no contact of the list of posts holds."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from models.rules.groups.words import SeatRole, is_office, role_word
from models.rules.text import squeeze

# What the head of a unit is called; 区司法局局长 is held by the contact 区司法局 单位负责人.
HEAD_TITLES = re.compile(
    "(?:党组书记、|党委书记、)?(?:局长|主任|部长|书记|院长|检察长|[镇乡区县市]长|主席|会长|大队长|(?:主要)?负责人)"
)
NOT_LISTED, EMPTY = "联系岗位表里没有", "联系岗位表里标着空缺"


@dataclass(frozen=True, slots=True)
class ContactHeld:
    """A contact of the list of posts: its title, its unit (empty for the campaign's own), and how it stands."""

    title: str
    unit: str = ""
    heads_unit: bool = False
    vacant: bool = False


@dataclass(frozen=True, slots=True)
class PostSeat:
    """A seat that a post holds; ``top`` says that the group is the leading group itself."""

    post: str
    role: SeatRole
    group: str
    top: bool = False

    @property
    def names(self) -> frozenset[str]:
        """Return what a contact of this seat may be called.

        Its post's own words, or group and role (督导组组长); of the leading group the role alone (组长), of
        the office 创建办.
        """
        said = {self.post, self.group + role_word(self.role, self.group)}
        if self.role is SeatRole.HEAD and self.top:
            said.add(SeatRole.HEAD.chinese)
        if self.role is SeatRole.HEAD and is_office(self.group):
            said |= {"创建办", "创建办主任"}
        return frozenset(map(squeeze, said))


def vacancy_of(seat: PostSeat, contacts: Collection[ContactHeld]) -> str:
    """Return what is missing of a seat; empty where a contact holds it."""
    post, names = squeeze(seat.post), seat.names
    held = [
        one
        for one in contacts
        if squeeze(one.unit + one.title) in names or (one.heads_unit and _heads(post, one.unit))
    ]
    if not held:
        return NOT_LISTED
    return EMPTY if all(one.vacant for one in held) else ""


def _heads(post: str, unit: str) -> bool:
    return post.startswith(unit) and HEAD_TITLES.fullmatch(post.removeprefix(unit)) is not None
