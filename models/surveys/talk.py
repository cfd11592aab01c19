"""Talks of the assessors: what is asked of which role, the talks, and what each came to."""

from datetime import date

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.campaign.campaign import all_of
from models.rules.surveys.outlines import TALKS


class TalkQuestion(SQLModel, table=True):
    """A question of the outline of a role, and what a full answer is worth."""

    __tablename__ = "talk_question"
    __table_args__ = (UniqueConstraint("campaign_id", "role", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    role: str
    number: int
    text: str = Field(sa_type=Text)
    points: float
    withdrawn: bool = False


class Talk(SQLModel, table=True):
    """A talk with somebody of a role, of a unit or (people) of none; no name."""

    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    number: int
    role: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    held_on: date
    by_post: str
    withdrawn: bool = False


class TalkMark(SQLModel, table=True):
    """What a talk gave for a question: points, what was said in short (personal numbers masked).

    ``finding`` is the code of the finding that was raised from it, empty for none.
    """

    __tablename__ = "talk_mark"
    __table_args__ = (UniqueConstraint("talk_id", "question_id"),)

    id: int | None = Field(default=None, primary_key=True)
    talk_id: int = Field(foreign_key="talk.id")
    question_id: int = Field(foreign_key="talk_question.id")
    points: float | None = None
    note: str = Field(default="", sa_type=Text)
    raised: bool = False
    finding: str = ""


def outline_of(session: Session, campaign_id: int) -> list[TalkQuestion]:
    """Return what is asked, by role and number; the usual where the office has set nothing (not stored then)."""
    rows = [one for one in all_of(session, TalkQuestion, campaign_id) if not one.withdrawn]
    if not rows:
        rows = [
            TalkQuestion(
                campaign_id=campaign_id, role=role.value, number=n, text=text, points=points
            )
            for role, asked in TALKS.items()
            for n, (text, points) in enumerate(asked, 1)
        ]
    roles = [role.value for role in TALKS]
    return sorted(rows, key=lambda one: (roles.index(one.role), one.number))


def talks_of(session: Session, campaign_id: int) -> list[Talk]:
    """Return the talks of a campaign by number."""
    rows = [one for one in all_of(session, Talk, campaign_id) if not one.withdrawn]
    return sorted(rows, key=lambda one: one.number)


def talk_marks_of(session: Session, campaign_id: int) -> list[TalkMark]:
    """Return what every talk of a campaign gave."""
    query = (
        select(TalkMark)
        .join(Talk, col(Talk.id) == TalkMark.talk_id)
        .where(Talk.campaign_id == campaign_id)
    )
    return list(session.exec(query.order_by(col(TalkMark.id))))
