"""Draft a briefing, confirm a draft, withdraw an issue, print one again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import Campaign, looking_at, writing_to
from models.errors import CampaignError
from models.keys import key_of
from models.papers.briefings.content import BriefingContent
from models.papers.briefings.issue import Issue, briefing_issues, issue_numbered, open_draft
from models.papers.briefings.issuing import confirm_draft, keep_draft, withdraw_issue
from models.papers.briefings.items import item_lines
from models.papers.briefings.settings import office_of, setting_of, title_of
from models.papers.quoted import Quoted
from models.rules.briefings.numbering import issue_in_words
from models.rules.calendar.moment import Moment
from models.rules.evidence.personal import personal_numbers
from models.rules.figures.words import PaperKind
from models.rules.words import OFFICE, post_fault
from tasks.papers.briefings.drafts import Masthead, issue_draft
from tasks.papers.briefings.gathering import next_content
from tasks.papers.keeping import Composed, PaperOrder, WrittenPaper, require_order, write_paper

DRAFTS = "讨论稿"  # what the versions of drafts are of
NOTHING_NEW = "没有新的投稿，也没有新登记完成的事项，不出简报稿"


@dataclass(frozen=True, slots=True)
class PrintedIssue:
    """An issue or a draft that was written, and what the writer should know; ``written`` None without a file."""

    issue: Issue
    written: WrittenPaper | None = None


def draft_briefing(
    slug: str | None,
    out: Path | None,
    by_post: str,
    moment: Moment,
    since: date | None = None,
) -> PrintedIssue:
    """Make the draft of the next issue, in place of the one that waits, and write it to ``out`` where given.

    It has no number. Repeatable: nothing new gives the same draft. Raises CampaignError where there is
    nothing to say.
    """
    _require_post(by_post, "形成")
    order = PaperOrder(out, by_post) if out else None
    if order:
        require_order(order)
    if since and since > moment.today:
        raise CampaignError(f"从 {since} 起还没有到，简报写到今天（{moment.today}）为止")
    with writing_to(slug) as (session, campaign):
        content = next_content(session, campaign, moment, since)
        if not content.articles:
            raise CampaignError(NOTHING_NEW)
        issue = keep_draft(session, key_of(campaign), content, by_post.strip(), moment)
    return PrintedIssue(issue, _written(slug, order, issue, moment) if order else None)


def confirm_briefing(
    slug: str | None, draft: int, order: PaperOrder, moment: Moment, editors: str = ""
) -> PrintedIssue:
    """Give a draft its number and write it as it was drafted; confirmed before, it is written again. Repeatable.

    Killed between the two, the number is given and the next run writes the file. Raises NotFoundError for a
    draft that another has replaced, CampaignError where an item was taken back since, or holds personal numbers.
    """
    require_order(order)
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        waiting = open_draft(session, campaign_id)
        if waiting and waiting.draft == draft:
            _require_sound(session, campaign_id)
        numbering = setting_of(session, campaign).numbering
        issue = confirm_draft(
            session, campaign_id, (draft, numbering), order.by_post.strip(), moment
        )
    return PrintedIssue(issue, _written(slug, order, issue, moment, editors))


def print_briefing(
    slug: str | None,
    which: tuple[int, int | None],
    order: PaperOrder,
    moment: Moment,
    editors: str = "",
) -> PrintedIssue:
    """Write an issue again, ``which`` by number and year; a withdrawn one says so. Raises NotFoundError."""
    with looking_at(slug) as (session, campaign):
        issue = issue_numbered(session, key_of(campaign), *which)
    return PrintedIssue(issue, _written(slug, order, issue, moment, editors))


def withdraw_briefing(
    slug: str | None, which: tuple[int, int | None], said: tuple[str, str], moment: Moment
) -> str:
    """Withdraw an issue, ``said`` is by whom and why; return what became of it in words. Repeatable."""
    _require_post(said[0], "撤回")
    if not said[1].strip():
        raise CampaignError("撤回要写明理由")
    with writing_to(slug) as (session, campaign):
        issue = issue_numbered(session, key_of(campaign), *which)
        done = withdraw_issue(session, key_of(campaign), issue, said, moment)
        left = issue_numbered(session, key_of(campaign), *which)
    again = "" if done else "，早已撤回，没有变化"
    return f"简报{left.name}{again}；这个期号不再使用，所登内容可以登在以后的期里"


def issue_rows(slug: str | None) -> tuple[str, Sequence[Issue]]:
    """Return what the campaign is called, and its issues with the draft that waits."""
    with looking_at(slug) as (session, campaign):
        return campaign.label, briefing_issues(session, key_of(campaign))


def masthead_of(session: Session, campaign: Campaign) -> Masthead:
    """Return what every issue of ``campaign`` says around its articles."""
    setting = setting_of(session, campaign)
    return Masthead(
        title_of(setting, campaign),
        office_of(setting, campaign),
        setting.report_to,
        setting.send_to,
        setting.issue_to,
        setting.copies,
    )


def _written(
    slug: str | None, order: PaperOrder, issue: Issue, moment: Moment, editors: str = ""
) -> WrittenPaper:
    return write_paper(slug, order, moment, partial(_composed, issue, editors))


def _composed(issue: Issue, editors: str, session: Session, campaign: Campaign) -> Composed:
    head = masthead_of(session, campaign)
    subject = DRAFTS if issue.number is None else issue_in_words(issue.series or 0, issue.number)
    draft = issue_draft(issue, head)
    printed = issue_draft(issue, head, editors) if editors.strip() else None
    return Composed(PaperKind.BRIEFING, draft, subject, printed=printed)


def _require_sound(session: Session, campaign_id: int) -> None:
    """Raise CampaignError where the waiting draft holds what was taken back, or personal numbers."""
    [issue] = [one for one in briefing_issues(session, campaign_id) if one.number is None]
    gone = {one.key: one for one in item_lines(session, campaign_id) if one.held or one.withdrawn}
    faults = [
        f"投稿 {gone[key].number} 已撤回或改为下期再用" for key in issue.content.keys if key in gone
    ]
    faults += [f"《{title}》里有像{kind}的数字" for title, kind in _personal(issue.content)]
    if faults:
        raise CampaignError(
            f"{'；'.join(faults)}；请改好投稿、重新形成稿子（shifan briefing draft）后再确认"
        )


def _personal(content: BriefingContent) -> list[tuple[str, str]]:
    return [
        (article.title, kind)
        for article in content.articles
        for kind in dict.fromkeys(
            number.kind.chinese
            for line in article.paragraphs
            for run in line
            if not isinstance(run, Quoted)
            for number in personal_numbers(str(run))
        )
    ]


def _require_post(by_post: str, deed: str) -> None:
    if fault := post_fault(by_post or OFFICE, deed):
        raise CampaignError(fault)
