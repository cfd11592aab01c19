"""Units, their names, groups and posts: who can be asked, and who must be told."""

from collections.abc import Sequence

from sqlalchemy import Index, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from models.campaign.campaign import all_of
from models.database import run
from models.errors import NotFoundError
from models.rules.words import Level

HEAD_SUFFIX = "-负责人"
UNIT_LEVELS = (Level.LIAISON, Level.UNIT_HEAD)  # the others are the campaign's own


class Unit(SQLModel, table=True):
    """A body that can be given work in a campaign."""

    __table_args__ = (UniqueConstraint("campaign_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    name: str
    retired: bool = False  # merged or renamed; keeps its history, gets no new work, is told nothing
    successor_id: int | None = None  # the unit that took over what was open here


class UnitAlias(SQLModel, table=True):
    """Another name of a unit, as 区市场监管局 for 区市场监督管理局 is one."""

    __tablename__ = "unit_alias"
    __table_args__ = (UniqueConstraint("campaign_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int = Field(foreign_key="unit.id")
    name: str


class UnitGroup(SQLModel, table=True):
    """A class of units named by a plan (市直有关部门单位); without members it is an open point."""

    __tablename__ = "unit_group"
    __table_args__ = (UniqueConstraint("campaign_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    name: str


class UnitGroupMember(SQLModel, table=True):
    """A unit counted among a group, as the operator's list says."""

    __tablename__ = "unit_group_member"
    __table_args__ = (UniqueConstraint("group_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="unit_group.id")
    unit_id: int = Field(foreign_key="unit.id")


class Post(SQLModel, table=True):
    """A role on the ladder, at a unit (liaison, head) or of the campaign (office, leaders)."""

    __table_args__ = (
        Index("post_of_unit", "unit_id", "level"),
        Index("post_of_campaign", "campaign_id", "level"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    level: int
    title: str
    tag: str
    vacant: bool = False
    unreachable: bool = False  # no channel takes its tag; the patrol keeps this up


def filled_tags(session: Session, campaign_id: int) -> list[str]:
    """Return the channel tag of every post that somebody holds, each once."""
    query = select(Post.tag).where(Post.campaign_id == campaign_id, col(Post.vacant).is_(False))
    return list(dict.fromkeys(session.exec(query)))


def default_tag(level: Level, unit: str) -> str:
    """Return the channel tag of a post that nobody gave another: ``unit`` is empty for a leader's."""
    if not unit:
        return level.chinese
    return unit + HEAD_SUFFIX if level is Level.UNIT_HEAD else unit


def add_default_posts(session: Session, campaign_id: int, units: list[Unit]) -> None:
    """Give new units their two posts, and a campaign without any its own three.

    A liaison's channel tag is the unit's name, a head's has 负责人 behind it, leaders' are their post.
    """
    there = session.exec(select(Post.id).where(Post.campaign_id == campaign_id).limit(1)).first()
    own = [level for level in Level if level not in UNIT_LEVELS and not there]
    theirs = [(unit.id, unit.name, level) for unit in units for level in UNIT_LEVELS]
    session.add_all(
        Post(
            campaign_id=campaign_id,
            unit_id=unit_id,
            level=level,
            title=level.chinese,
            tag=default_tag(level, name),
        )
        for unit_id, name, level in [*((None, "", level) for level in own), *theirs]
    )


def units_of(session: Session, campaign_id: int) -> list[Unit]:
    """Return the units of a campaign in the order the plan first names them."""
    return all_of(session, Unit, campaign_id)


def unit_named(session: Session, campaign_id: int, name: str) -> int:
    """Return the id of the unit of that name; raises NotFoundError where there is none."""
    names = unit_names(session, campaign_id)
    if name not in names:
        raise NotFoundError(f"没有名为 {name} 的单位，单位名称见 shifan units export")
    return names[name]


def unit_names(session: Session, campaign_id: int) -> dict[str, int]:
    """Return the id of every unit by each of its names."""
    units = select(Unit.name, Unit.id).where(Unit.campaign_id == campaign_id)
    aliases = select(UnitAlias.name, UnitAlias.unit_id).where(UnitAlias.campaign_id == campaign_id)
    return {
        name: int(unit_id or 0)
        for query in (aliases, units)
        for name, unit_id in session.exec(query)
    }


def unexpanded_groups(session: Session, campaign_id: int) -> list[str]:
    """Return the groups nobody has said the members of: open points, in the plan's order."""
    return all_unexpanded_groups(session, [campaign_id])[campaign_id]


def all_unexpanded_groups(session: Session, campaign_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return what `unexpanded_groups` does of each campaign; one statement for all of them."""
    found: dict[int, list[str]] = {one: [] for one in campaign_ids}
    for one, name in run(session, _UNEXPANDED, {"these": tuple(campaign_ids)}):
        found[one].append(name)
    return found


_UNEXPANDED = """
    SELECT g.campaign_id, g.name FROM unit_group g
    WHERE g.campaign_id IN :these AND NOT EXISTS (
        SELECT 1 FROM unit_group_member m WHERE m.group_id = g.id)
    ORDER BY g.id"""


def unit_pairs(session: Session, campaign_id: int) -> list[tuple[str, str, str]]:
    """Return each unit with the tags of its first filled liaison and head, in the plan's order."""
    query = (
        select(Unit.name, Post.level, func.min(Post.tag))
        .join(Post, col(Post.unit_id) == Unit.id)
        .where(
            Unit.campaign_id == campaign_id,
            col(Unit.retired).is_(False),
            col(Post.vacant).is_(False),
            col(Post.level).in_([int(level) for level in UNIT_LEVELS]),
        )
        .group_by(col(Unit.id), col(Unit.name), col(Post.level))
        .order_by(col(Unit.id), col(Post.level))
    )
    tags: dict[str, list[str]] = {}
    for name, _, tag in session.exec(query):
        tags.setdefault(name, []).append(tag)
    return [(name, found[0], found[1]) for name, found in tags.items() if len(found) == 2]
