"""Groups of a campaign as tables: seats with their days, duties as the plan lists them, documents these name."""

from datetime import date

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.errors import NotFoundError
from models.rules.bodies import body_key


class WorkingGroup(SQLModel, table=True):
    """A leading group, its office or a working group; ``number`` is for life and stands in the codes G2.1."""

    __tablename__ = "working_group"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    number: int
    name: str
    aliases: str = ""  # other names in the plan, split by 、
    parent_id: int | None = Field(default=None, foreign_key="working_group.id")
    withdrawn: bool = False  # no longer in the plan


class GroupSeat(SQLModel, table=True):
    """A seat of a group from its ``first`` day to its ``last``, both counted; never overwritten.

    Exactly one of ``post``, ``unit_id`` and ``class_id`` (a class of units: 各镇) is set; a post is never a
    name. ``planned`` says that the plan has it so; ``last`` is None while it is held.
    """

    __tablename__ = "group_seat"
    __table_args__ = (Index("group_seat_of_group", "group_id", "last"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    group_id: int = Field(foreign_key="working_group.id")
    role: str
    position: int = 0  # the plan's order
    post: str = ""
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    class_id: int | None = Field(default=None, foreign_key="unit_group.id")
    first: date
    last: date | None = None
    planned: bool = False
    made_by: str = ""  # a post
    reason: str = ""


class GroupDuty(SQLModel, table=True):
    """One duty of a group (主要职责), in the plan's words."""

    __tablename__ = "group_duty"
    __table_args__ = (UniqueConstraint("group_id", "ordinal"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    group_id: int = Field(foreign_key="working_group.id")
    ordinal: int
    text: str = Field(sa_type=Text)
    withdrawn: bool = False


class GroupDocument(SQLModel, table=True):
    """A document that a duty names; where it is to be handed in, the milestone G2.1 stands for it.

    ``unit_id`` and ``due`` are what the office said; where it said nothing the group's own unit and the stage
    that needs it count. ``doubt`` is what the office was asked.
    """

    __tablename__ = "group_document"
    __table_args__ = (UniqueConstraint("group_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    group_id: int = Field(foreign_key="working_group.id")
    number: int
    title: str
    standing: str
    doubt: str = ""
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    due: date | None = None
    made_by: str = ""  # the post that said so
    reason: str = ""
    withdrawn: bool = False  # no duty names it any more


def groups_of(session: Session, campaign_id: int) -> list[WorkingGroup]:
    """Return the groups still in the plan, in its order."""
    query = select(WorkingGroup).where(
        WorkingGroup.campaign_id == campaign_id, col(WorkingGroup.withdrawn).is_(False)
    )
    return list(session.exec(query.order_by(col(WorkingGroup.number))))


def group_named(session: Session, campaign_id: int, name: str) -> WorkingGroup:
    """Return the group of that name, whole or as it ends (领导小组), or of that number (G2).

    Raises NotFoundError that lists the groups.
    """
    known = groups_of(session, campaign_id)
    wanted = body_key("".join(name.split()))
    exact = [one for one in known if wanted in (body_key(n) for n in names_of(one))]
    exact = exact or [one for one in known if wanted.upper() == f"G{one.number}"]
    exact = exact or [one for one in known if body_key(one.name).endswith(wanted)]
    if len(exact) != 1:
        listed = "、".join(one.name for one in known)
        what = f"现有：{listed}" if known else "方案里没有写，装入带领导小组名单的方案后再试"
        raise NotFoundError(f"没有叫“{name.strip()}”的组，{what}")
    return exact[0]


def names_of(group: WorkingGroup) -> list[str]:
    """Return every name of a group."""
    return [group.name, *filter(None, group.aliases.split("、"))]
