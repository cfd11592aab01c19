"""Make a draft, give it its number, withdraw an issue: each with its entry of the audit.

Whoever confirms has the chain to himself, and the database refuses a second issue of a number and a second
issue that holds an item: two at once give two numbers in a row, or one issue.
"""

from sqlalchemy import insert, update
from sqlmodel import Session, col, func, select

from models.audit.chain import NewEntry, record
from models.errors import CampaignError
from models.keys import key_of
from models.papers.briefings.content import BriefingContent, content_kept, content_of
from models.papers.briefings.issue import (
    BriefingIssue,
    BriefingPiece,
    Issue,
    claimed_keys,
    drafted_as,
    issue_of_row,
    numbers_in,
    open_draft,
    series_given,
)
from models.rules.briefings.numbering import Numbering, next_issue, series_in
from models.rules.calendar.moment import Moment
from models.rules.figures.words import IssueState


def keep_draft(
    session: Session, campaign_id: int, content: BriefingContent, by_post: str, moment: Moment
) -> Issue:
    """Keep ``content`` as the open draft of a campaign; the same content again changes nothing. Repeatable.

    The caller holds the chain.
    """
    row = open_draft(session, campaign_id)
    kept = content_kept(content)
    if row and row.content == kept:
        return issue_of_row(row)
    last = select(func.max(col(BriefingIssue.draft))).where(
        BriefingIssue.campaign_id == campaign_id
    )
    number = (session.exec(last).one() or 0) + 1
    row = row or BriefingIssue(
        campaign_id=campaign_id,
        draft=number,
        first=content.first,
        last=content.last,
        content=kept,
        made_at=moment.now,
        made_on=moment.today,
    )
    row.draft, row.first, row.last, row.content = number, content.first, content.last, kept
    row.made_at, row.made_on, row.made_by = moment.now, moment.today, by_post
    session.add(row)
    session.flush()
    facts = {"first": content.first.isoformat(), "last": content.last.isoformat()}
    entry = NewEntry(
        by_post, "briefing-drafted", f"简报第 {number} 稿", facts | {"amount": len(content.keys)}
    )
    record(session, campaign_id, moment, entry)
    return issue_of_row(row, new=True)


def confirm_draft(
    session: Session,
    campaign_id: int,
    asked: tuple[int, Numbering],
    by_post: str,
    moment: Moment,
) -> Issue:
    """Give the draft of that number its place in the row of issues; confirmed before, it is that issue. Repeatable.

    ``asked`` is which draft, and how the office counts. Raises NotFoundError for a draft that another has
    replaced, CampaignError where an item of it stands in an issue already. The caller holds the chain.
    """
    draft, numbering = asked
    row = drafted_as(session, campaign_id, draft)
    if row.state == IssueState.WITHDRAWN:
        raise CampaignError(f"第 {draft} 稿就是{issue_of_row(row).name}，不能再确认")
    if row.state == IssueState.ISSUED:
        return issue_of_row(row)
    content = content_of(row.content)
    if twice := sorted(set(content.keys) & claimed_keys(session, campaign_id)):
        raise CampaignError(f"稿子里有 {len(twice)} 项已经登在别的期里，请重新形成稿子再确认")
    series = series_in(moment.today.year, numbering)
    given = series_given(session, campaign_id)
    taken = numbers_in(session, campaign_id, series)
    row.series, row.number = series, next_issue(taken, numbering, first_ever=not given)
    row.state, row.issued_on, row.issued_by = IssueState.ISSUED, moment.today, by_post
    session.flush()
    values = [
        {"campaign_id": campaign_id, "briefing_id": key_of(row), "key": key, "released": False}
        for key in content.keys
    ]
    if values:
        session.connection().execute(insert(BriefingPiece), values)
    issue = issue_of_row(row, new=True)
    facts = {"first": row.first.isoformat(), "last": row.last.isoformat(), "amount": len(values)}
    record(
        session,
        campaign_id,
        moment,
        NewEntry(by_post, "briefing-issued", f"简报{issue.name}", facts),
    )
    return issue


def withdraw_issue(
    session: Session, campaign_id: int, issue: Issue, said: tuple[str, str], moment: Moment
) -> bool:
    """Withdraw an issue, ``said`` is by whom and why: its number stays and is never used again.

    What it held may stand in another issue. False where it is withdrawn already. The caller holds the chain.
    """
    by_post, reason = said
    row = drafted_as(session, campaign_id, issue.draft)
    if row.state == IssueState.WITHDRAWN:
        return False
    row.state, row.withdrawn_on = IssueState.WITHDRAWN, moment.today
    row.withdrawn_by, row.reason = by_post, reason
    session.flush()
    session.connection().execute(
        update(BriefingPiece)
        .where(col(BriefingPiece.briefing_id) == key_of(row))
        .values(released=True)
    )
    record(
        session,
        campaign_id,
        moment,
        NewEntry(by_post, "briefing-withdrawn", f"简报{issue.name}", {"reason": reason}),
    )
    return True
