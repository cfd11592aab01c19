"""Issues of briefings: tables and what is asked of them; a draft never has a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, Session, SQLModel, col, select

from models.errors import CampaignError, NotFoundError
from models.papers.briefings.content import BriefingContent, content_of
from models.rules.briefings.numbering import issue_in_words
from models.rules.figures.words import IssueState

ONE_DRAFT, HELD = text("state = 'draft'"), text("NOT released")


class BriefingIssue(SQLModel, table=True):
    """One issue, or the one open draft of a campaign.

    ``draft`` counts every draft that was ever made, so that who confirms says which he has read. ``content`` is
    what it says, canonical JSON. ``series`` is the year, or 0 for an office that counts through.
    """

    __tablename__ = "briefing"
    __table_args__ = (
        UniqueConstraint("campaign_id", "series", "number"),
        Index(
            "briefing_one_draft",
            "campaign_id",
            unique=True,
            sqlite_where=ONE_DRAFT,
            postgresql_where=ONE_DRAFT,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    state: str = IssueState.DRAFT
    draft: int
    first: date
    last: date
    content: str = Field(sa_type=Text)
    made_at: datetime  # UTC
    made_on: date
    made_by: str = ""  # a post
    series: int | None = None
    number: int | None = None
    issued_on: date | None = None
    issued_by: str = ""  # a post
    withdrawn_on: date | None = None
    withdrawn_by: str = ""  # a post
    reason: str = ""


class BriefingPiece(SQLModel, table=True):
    """One item that an issue holds; ``released`` when the issue was withdrawn, so that another may hold it."""

    __tablename__ = "briefing_piece"
    __table_args__ = (
        Index(
            "briefing_piece_once",
            "campaign_id",
            "key",
            unique=True,
            sqlite_where=HELD,
            postgresql_where=HELD,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    briefing_id: int = Field(foreign_key="briefing.id")
    key: str
    released: bool = False


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue or the draft as it is shown; ``new`` says that it was made or numbered just now."""

    state: IssueState
    draft: int
    made_on: date
    content: BriefingContent
    series: int | None
    number: int | None
    issued_on: date | None
    issued_by: str
    withdrawn_on: date | None
    reason: str
    new: bool = False

    @property
    def name(self) -> str:
        """Return what it is called: 第 7 期（已撤回）; a draft has no number."""
        if self.series is None or self.number is None:
            return "未编期号"
        gone = "（已撤回）" if self.state is IssueState.WITHDRAWN else ""
        return issue_in_words(self.series, self.number) + gone


def briefing_issues(session: Session, campaign_id: int) -> Sequence[Issue]:
    """Return every issue in the order of its number, withdrawn ones in their places, then the open draft."""
    query = select(BriefingIssue).where(BriefingIssue.campaign_id == campaign_id)
    rows = session.exec(query.order_by(col(BriefingIssue.id))).all()
    return sorted(
        map(issue_of_row, rows), key=lambda one: (one.number is None, one.series, one.number)
    )


def issue_numbered(session: Session, campaign_id: int, number: int, year: int | None) -> Issue:
    """Return the issue of that number, of a ``year`` where the office counts by the year.

    Raises NotFoundError that says which there are, CampaignError where several years have it.
    """
    every = [one for one in briefing_issues(session, campaign_id) if one.number is not None]
    found = [one for one in every if one.number == number and year in (None, one.series)]
    if not found:
        have = "、".join(one.name for one in every[-10:]) or "一期也没有"
        raise NotFoundError(f"没有第 {number} 期简报，现有：{have}")
    if len(found) > 1:
        years = "、".join(one.name for one in found)
        raise CampaignError(f"有 {years}，请加 --year 写明是哪一年的")
    return found[0]


def claimed_keys(session: Session, campaign_id: int) -> set[str]:
    """Return the keys of what stands in an issue that counts."""
    query = select(BriefingPiece.key).where(
        BriefingPiece.campaign_id == campaign_id, col(BriefingPiece.released).is_(False)
    )
    return set(session.exec(query))


def series_given(session: Session, campaign_id: int) -> Sequence[int]:
    """Return the series in which numbers were given."""
    query = select(BriefingIssue.series).where(
        BriefingIssue.campaign_id == campaign_id, col(BriefingIssue.series).is_not(None)
    )
    return [one for one in session.exec(query.distinct()) if one is not None]


def numbers_in(session: Session, campaign_id: int, series: int) -> list[int]:
    """Return the numbers that were given in a series, withdrawn ones too."""
    query = select(BriefingIssue.number).where(
        BriefingIssue.campaign_id == campaign_id, BriefingIssue.series == series
    )
    return [one for one in session.exec(query) if one is not None]


def open_draft(session: Session, campaign_id: int) -> BriefingIssue | None:
    """Return the draft that waits, None where there is none."""
    query = select(BriefingIssue).where(
        BriefingIssue.campaign_id == campaign_id, BriefingIssue.state == IssueState.DRAFT
    )
    return session.exec(query).first()


def drafted_as(session: Session, campaign_id: int, draft: int) -> BriefingIssue:
    """Return what became of a draft. Raises NotFoundError that says which one waits."""
    query = select(BriefingIssue).where(
        BriefingIssue.campaign_id == campaign_id, BriefingIssue.draft == draft
    )
    row = session.exec(query).first()
    if row is None:
        now = open_draft(session, campaign_id)
        said = f"现在的是第 {now.draft} 稿，请看过后再确认" if now else "现在没有待确认的稿子"
        raise NotFoundError(f"没有第 {draft} 稿简报，{said}")
    return row


def issue_of_row(row: BriefingIssue, *, new: bool = False) -> Issue:
    """Return a row as it is shown."""
    return Issue(
        IssueState(row.state),
        row.draft,
        row.made_on,
        content_of(row.content),
        row.series,
        row.number,
        row.issued_on,
        row.issued_by,
        row.withdrawn_on,
        row.reason,
        new,
    )
