"""A briefing as it would be today, for whoever tries a template of an office's own; nothing is written."""

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.papers.briefings.issue import Issue
from models.rules.calendar.moment import Moment
from models.rules.figures.words import IssueState
from notifications.paper_blocks import Draft
from tasks.papers.briefings.drafts import issue_draft
from tasks.papers.briefings.gathering import next_content
from tasks.papers.briefings.issuing import masthead_of


def draft_as_it_stands(session: Session, campaign: Campaign, moment: Moment) -> Draft:
    """Return the briefing that would be drafted today, with or without articles."""
    content = next_content(session, campaign, moment, None)
    issue = Issue(IssueState.DRAFT, 0, moment.today, content, None, None, None, "", None, "")
    return issue_draft(issue, masthead_of(session, campaign))
