"""A briefing before it is printed: masthead, list of articles, articles, to whom it goes."""

from dataclasses import dataclass

from models.papers.briefings.issue import Issue
from models.papers.quoted import Dated
from notifications.paper_blocks import Draft
from notifications.paper_drafting import drafted
from tasks.papers.drafts import day_in_words

NO_NUMBER = "讨论稿（未编期号）"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What every issue of an office says around its articles."""

    title: str
    office: str
    report_to: str = ""
    send_to: str = ""
    issue_to: str = ""
    copies: int = 0


def issue_draft(issue: Issue, head: Masthead, editors: str = "") -> Draft:
    """Return an issue, or the draft of one, as a paper; ``editors`` are printed and kept nowhere."""
    # Not a plain text, which would run into the office's name: the two stand at the ends of a line.
    day = Dated(day_in_words(issue.issued_on or issue.made_on))
    values: dict[str, object] = {
        "title": head.title,
        "number": NO_NUMBER if issue.number is None else issue.name,
        "office": head.office,
        "today": day,
        "articles": issue.content.articles,
        "report_to": head.report_to,
        "send_to": head.send_to,
        "issue_to": head.issue_to,
        "editors": editors,
        "copies": head.copies,
    }
    return Draft(head.title, drafted("briefing", **values), values=values)
