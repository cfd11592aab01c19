"""The draft of the week: made once, of what came in, for every campaign that wants one, and numbered by nobody."""

from datetime import UTC, date, datetime

import pytest

from models.rules.evidence.words import Via
from models.rules.figures.words import IssueState
from models.settings import moment_of
from tasks.intake.arrived import Arrived
from tasks.intake.receiving import receive
from tasks.papers.briefings.issuing import confirm_briefing, issue_rows
from tasks.papers.briefings.settings import NewLook, set_briefings
from tasks.papers.briefings.weekly import draft_the_week
from tasks.papers.keeping import PaperOrder

THURSDAY, FRIDAY, NEXT_FRIDAY = date(2025, 7, 3), date(2025, 7, 4), date(2025, 7, 11)


def at(day):
    return moment_of(datetime(day.year, day.month, day.day, 7, 30, tzinfo=UTC), day)


def comes(name, text, day=THURSDAY):
    content = text.encode()
    came = Arrived(f"市司法局/{name}", content, "", Via.FOLDER, at(day).now, name)
    receive(None, [came], at(day))


def titles(issue):
    return [article.title for article in issue.content.articles]


@pytest.fixture
def sent(campaign):
    comes("简报投稿.txt", "推进执法规范化\n组织开展执法监督。")


def test_the_last_working_day_takes_in_what_came_and_drafts_it_once(sent):
    assert draft_the_week(at(THURSDAY)) == []
    [line] = draft_the_week(at(FRIDAY))
    assert draft_the_week(at(FRIDAY)) == []

    [draft] = issue_rows(None)[1]
    assert "简报第 1 稿，1 篇，待确认" in line
    assert (draft.number, titles(draft)) == (None, ["推进执法规范化"])


def test_a_draft_that_nobody_confirmed_is_made_anew_the_week_after(sent):
    draft_the_week(at(FRIDAY))
    comes("简报第二篇.txt", "服务企业\n走访企业。", NEXT_FRIDAY)

    draft_the_week(at(NEXT_FRIDAY))

    [draft] = issue_rows(None)[1]
    assert (draft.draft, titles(draft)) == (2, ["推进执法规范化", "服务企业"])


def test_a_week_without_anything_new_says_so(sent, tmp_path):
    draft_the_week(at(FRIDAY))
    confirm_briefing(None, 1, PaperOrder(tmp_path / "简报.docx", "创建办"), at(FRIDAY))

    [line] = draft_the_week(at(NEXT_FRIDAY))

    assert "不出简报稿" in line
    assert [one.state for one in issue_rows(None)[1]] == [IssueState.ISSUED]


def test_an_office_that_wants_none_gets_none(sent):
    set_briefings(None, NewLook(weekly=False), "创建办", at(THURSDAY))

    assert draft_the_week(at(FRIDAY)) == []
    assert issue_rows(None)[1] == []


def test_what_cannot_be_read_is_named_and_the_rest_is_drafted(sent):
    comes("简报坏.txt", "只有标题")

    lines = draft_the_week(at(FRIDAY))

    assert "应有标题和正文" in lines[0]
    assert "1 篇" in lines[1]
