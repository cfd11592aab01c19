"""Notices and deliveries: what must be said to whom, and each try to say it."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

WAITING = text("state = 'waiting'")
DEAD = text("state = 'dead'")
UNSENT = text("state IN ('waiting', 'unsendable')")
QUIET = text("state IN ('silenced', 'acknowledged', 'inhibited')")
SENT = text("state = 'sent'")
REGULAR = text("NOT urgent")
OPEN = text("NOT settled")


class Notice(SQLModel, table=True):
    """One thing that one post must hear; unique, so that it is said once per rung and due day.

    ``subject_kind`` and ``subject_id`` name a milestone, assignment, stage or the campaign.
    ``occurrence`` tells repetitions apart (the due day; a moved day is a new fact). ``state`` is
    waiting, posted (in a message), sent, dead, unsendable, dropped, or one that ends when its cause
    does: silenced, acknowledged, inhibited, over-budget; ``reason`` says why. ``meant_for`` is the
    level of the post that was vacant or out of reach, where another hears in its place. ``words`` is
    the whole text of a notice that is about no item.
    """

    __table_args__ = (
        UniqueConstraint(
            "campaign_id", "subject_kind", "subject_id", "rule", "level", "occurrence", "post_id"
        ),
        Index(
            "notice_unsent",
            "campaign_id",
            "post_id",
            sqlite_where=UNSENT,
            postgresql_where=UNSENT,
        ),
        Index("notice_of_message", "message_id"),
        Index("notice_quiet", "campaign_id", sqlite_where=QUIET, postgresql_where=QUIET),
        Index("notice_told", "campaign_id", "told_on", sqlite_where=SENT, postgresql_where=SENT),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    subject_kind: str
    subject_id: int
    rule: str
    level: int
    occurrence: str
    post_id: int = Field(foreign_key="post.id")
    day: date  # the patrol's day
    created_at: datetime
    hold_until: datetime  # not before; quiet hours and days off
    state: str = "waiting"
    reason: str = ""
    detail: str = Field(default="", sa_type=Text)  # a line of its own: why a stage was returned
    message_id: int | None = Field(default=None, foreign_key="message.id")
    meant_for: int | None = None
    urgent: bool = False  # red for the group's head: waits for no morning
    words: str = Field(default="", sa_type=Text)
    told_on: date | None = None  # the day somebody's provider took it


class Message(SQLModel, table=True):
    """What one recipient reads at one time: several notices in one message.

    ``window`` is the working morning it belongs to: the table refuses a second regular message to a
    recipient in the same window. ``settled`` once nothing more can come of it.
    """

    __table_args__ = (
        Index(
            "message_of_window",
            "window",
            "tag",
            "campaign_id",
            unique=True,
            sqlite_where=REGULAR,
            postgresql_where=REGULAR,
        ),
        Index("message_unsettled", "made_at", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    tag: str
    subject: str
    body: str = Field(sa_type=Text)
    link: str = ""
    made_at: datetime
    secret: bool = False  # brings a one-time code; the body holds only a place for it
    window: date | None = None
    urgent: bool = False
    settled: bool = False


class Delivery(SQLModel, table=True):
    """One message on its way to one channel, with the provider's own answer on it.

    ``state`` is waiting, delivered, dead, or superseded (its notices went into a later message). A try claims the row (``lease_until``) before it sends;
    a claim that ran out without an answer is sent again and says that it is a repeat.
    """

    __table_args__ = (
        UniqueConstraint("message_id", "target"),
        Index("delivery_waiting", "next_try_at", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("delivery_dead", "message_id", sqlite_where=DEAD, postgresql_where=DEAD),
    )

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    target: str  # a fingerprint of the channel, never its URL
    target_kind: str
    state: str = "waiting"
    attempts: int = 0
    next_try_at: datetime
    lease_until: datetime | None = None
    unanswered: bool = False  # an earlier try may have arrived
    delivered_at: datetime | None = None
    code: str = ""
    answer: str = ""
