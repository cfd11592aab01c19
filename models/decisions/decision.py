"""Decisions: questions about a stage, whom they were put to, and their codes."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from models.errors import NotFoundError
from models.rules.decisions.decisions import Why
from models.units.unit import Post

ESCALATED, TRANSFERRED = "escalated", "transferred"  # how a post came to be asked, beside asked
ASKED, ANSWERED, OVERTAKEN, EXPIRED = "asked", "answered", "overtaken", "expired"
OBJECTED, WITHDRAWN = "objected", "withdrawn"
STILL_ASKED = text("status = 'asked'")
STATUS_WORDS = {
    ASKED: "待决定",
    ANSWERED: "已决定",
    OVERTAKEN: "已失效",
    EXPIRED: "逾期失效",
    WITHDRAWN: "已撤回",
    OBJECTED: "有异议，不再有效",
}


class Decision(SQLModel, table=True):
    """One question about one stage, put to one or several posts; at most one is open per stage.

    ``status`` is asked, answered, overtaken, expired or withdrawn, and leaves asked exactly once; an answered
    one becomes objected when a leader objects, once too.
    ``obstacles`` is canonical JSON of what was shown when it was asked. ``flow_run`` is the run
    whose form it can be answered in; ``run_closed`` says that this run needs no more looking after.
    """

    __table_args__ = (
        Index(
            "decision_open",
            "stage_id",
            unique=True,
            sqlite_where=STILL_ASKED,
            postgresql_where=STILL_ASKED,
        ),
        Index("decision_of_stage", "stage_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    stage_id: int = Field(foreign_key="stage.id")
    status: str = ASKED
    why: str
    asked_by: str  # a post; 按方案计划 for the patrol
    asked_on: date
    asked_at: datetime
    due: date
    all_must_agree: bool = False
    obstacles: str = Field(default="[]", sa_type=Text)
    flow_run: str = ""
    run_closed: bool = False
    reminded_on: date | None = None
    answer: str = ""
    answered_by: str = ""
    reason: str = ""
    new_end: date | None = None
    closed_on: date | None = None
    closed_at: datetime | None = None
    closed_why: str = ""  # why it was overtaken, or who objected and why
    audit_id: int | None = Field(default=None, foreign_key="audit_entry.id")

    @property
    def is_opening(self) -> bool:
        """Say whether it asks to open a stage before its day, and not to close one under way."""
        return self.why == Why.OPENING


class AskedPost(SQLModel, table=True):
    """A post that a question was put to, and what it said; ``how`` is asked, escalated or transferred."""

    __tablename__ = "asked_post"
    __table_args__ = (UniqueConstraint("decision_id", "post_id"),)

    id: int | None = Field(default=None, primary_key=True)
    decision_id: int = Field(foreign_key="decision.id")
    post_id: int = Field(foreign_key="post.id")
    how: str = "asked"
    gone: bool = False  # handed on to another post
    answer: str = ""
    said_by: str = ""
    reason: str = ""
    new_end: date | None = None
    at: datetime | None = None


class DecisionCode(SQLModel, table=True):
    """A one-time code of one post: never the code, only its salted hash.

    ``purpose`` is decide, object (both about a decision) or delegate (about a delegation). ``state``
    is open, used, worn (too many wrong tries; locked in older rows) or void. ``way`` is channel, sheet or none (nobody could be told).
    """

    __tablename__ = "decision_code"
    __table_args__ = (Index("decision_code_of", "decision_id", "post_id"),)

    id: int | None = Field(default=None, primary_key=True)
    purpose: str = "decide"
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    delegation_id: int | None = Field(default=None, foreign_key="delegation.id")
    post_id: int = Field(foreign_key="post.id")
    holder_id: int = Field(foreign_key="post.id")  # the post itself or its deputy
    salt: str
    hash: str
    state: str = "open"
    tries: int = 0
    made_on: date
    made_at: datetime
    expires_at: datetime
    way: str
    handed_by: str = ""
    message_id: int | None = Field(default=None, foreign_key="message.id")
    delivery_id: int | None = None  # no foreign key: SQLite adds none to a table that is there


def decision_numbered(session: Session, decision_id: int) -> Decision:
    """Return the decision ``decision_id``, as it is in the database now."""
    found = session.get(Decision, decision_id, populate_existing=True)
    if found is None:
        raise NotFoundError(f"没有编号为 {decision_id} 的审批，现有的见 shifan decision list")
    return found


def open_decisions(session: Session, campaign_id: int | None = None) -> list[Decision]:
    """Return the questions still open, of one campaign or of all, the oldest first."""
    query = select(Decision).where(Decision.status == ASKED).order_by(col(Decision.id))
    if campaign_id is not None:
        query = query.where(Decision.campaign_id == campaign_id)
    return list(session.exec(query))


def closed_with_runs(session: Session) -> list[Decision]:
    """Return the closed questions whose run still needs looking after."""
    query = select(Decision).where(
        Decision.status != ASKED, Decision.flow_run != "", col(Decision.run_closed).is_(False)
    )
    return list(session.exec(query))


def take_run(session: Session, decision_id: int, flow_run: str, before: str) -> bool:
    """Let an open question be asked by ``flow_run`` instead of ``before``; False when another was quicker."""
    statement = (
        update(Decision)
        .where(
            col(Decision.id) == decision_id,
            col(Decision.status) == ASKED,
            col(Decision.flow_run) == before,
        )
        .values(flow_run=flow_run, run_closed=False)
    )
    return session.connection().execute(statement).rowcount == 1


def close_runs(session: Session, decision_ids: Sequence[int]) -> None:
    """Note that the runs of closed questions need no more looking after."""
    known = col(Decision.id).in_(list(decision_ids))
    session.connection().execute(update(Decision).where(known).values(run_closed=True))


def decisions_of(session: Session, campaign_id: int) -> list[Decision]:
    """Return every decision of a campaign, the latest first."""
    query = select(Decision).where(Decision.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(Decision.id).desc())))


def last_answers(session: Session, stage_ids: Sequence[int]) -> dict[int, Decision]:
    """Return the latest answered decision about closing each stage that has one; one statement for all of them."""
    query = select(Decision).where(
        col(Decision.stage_id).in_(stage_ids),
        Decision.status == ANSWERED,
        Decision.why != Why.OPENING,
    )
    return {one.stage_id: one for one in session.exec(query.order_by(col(Decision.id)))}


def answered_later(session: Session, decision: Decision) -> Decision | None:
    """Return the latest answered decision about the same stage, if it came after this one."""
    query = select(Decision).where(
        Decision.stage_id == decision.stage_id,
        Decision.status == ANSWERED,
        col(Decision.id) > decision.id,
    )
    return session.exec(query.order_by(col(Decision.id).desc()).limit(1)).first()


def asked_about(decision: Decision, stage_name: str) -> str:
    """Return what a question is about, as titles and messages name it."""
    return f"{stage_name}（提前启动）" if decision.is_opening else stage_name


def asked_posts(session: Session, decision_id: int) -> list[tuple[AskedPost, Post]]:
    """Return the posts a question is put to now, with the post itself, in the order they were asked."""
    return [pair for pair in every_asked_post(session, decision_id) if not pair[0].gone]


def every_asked_post(session: Session, decision_id: int) -> list[tuple[AskedPost, Post]]:
    """Return the posts a question was ever put to, also those that handed it on, in that order."""
    query = (
        select(AskedPost, Post)
        .join(Post, col(Post.id) == AskedPost.post_id)
        .where(AskedPost.decision_id == decision_id)
        .order_by(col(AskedPost.id))
    )
    return list(session.exec(query))


def campaign_posts(session: Session, campaign_id: int) -> list[Post]:
    """Return the campaign's own posts that are filled, the highest first."""
    return all_campaign_posts(session, [campaign_id])[campaign_id]


def all_campaign_posts(session: Session, campaign_ids: Sequence[int]) -> dict[int, list[Post]]:
    """Return what `campaign_posts` does of each campaign; one statement for all of them."""
    found: dict[int, list[Post]] = {one: [] for one in campaign_ids}
    own = (col(Post.campaign_id).in_(campaign_ids), col(Post.unit_id).is_(None))
    query = select(Post).where(*own, col(Post.vacant).is_(False))
    for post in session.exec(query.order_by(col(Post.level).desc(), col(Post.id))):
        found[post.campaign_id].append(post)
    return found
