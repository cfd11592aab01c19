"""The list of issues: every number with its day, what stands in it, and whether it was withdrawn."""

from collections.abc import Sequence
from pathlib import Path

from models.campaign.campaign import looking_at
from models.keys import key_of
from models.papers.briefings.issue import Issue, briefing_issues
from models.rules.calendar.moment import Moment
from models.rules.figures.words import IssueState
from tasks.lists.belonging import BRIEFING_ISSUES, list_title
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.writing import write_workbook

ISSUE_HEAD = ("期号", "状态", "日期", "起止", "文章", "确认人", "撤回")
ISSUES = Sheet(
    "简报期目",
    (
        Column("期号", locked=True, width=18),
        Column("状态", locked=True, width=9),
        Column("日期", locked=True, width=12),
        Column("起止", locked=True, width=24),
        Column("文章", locked=True, longest=0, width=52),
        Column("确认人", locked=True, width=16),
        Column("撤回", locked=True, longest=0, width=30),
    ),
    title=BRIEFING_ISSUES,
    note="期号连续，撤回的期号保留在原处，不再使用；没有编期号的是待确认的稿子。",
)


def issue_cells(one: Issue) -> Sequence[str]:
    """Return an issue as a row of `ISSUE_HEAD`."""
    name = f"第 {one.draft} 稿" if one.number is None else one.name
    day = one.issued_on or one.made_on
    titles = "；".join(article.title for article in one.content.articles)
    gone = f"{one.withdrawn_on} {one.reason}" if one.state is IssueState.WITHDRAWN else ""
    span = f"{one.content.first} 至 {one.content.last}"
    return (name, one.state.chinese, day.isoformat(), span, titles, one.issued_by, gone)


def export_issues(slug: str | None, path: Path, moment: Moment) -> int:
    """Write the list of issues to ``path``; return how many numbers were given."""
    with looking_at(slug) as (session, campaign):
        title = list_title(campaign, BRIEFING_ISSUES, moment.today)
        issues = briefing_issues(session, key_of(campaign))
    write_workbook(path, [ISSUES.filled([issue_cells(one) for one in issues], title)])
    return sum(one.number is not None for one in issues)
