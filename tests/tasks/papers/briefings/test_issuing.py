"""Briefings from what came in to the withdrawn number: none twice, none lost, no name kept."""

from datetime import date, timedelta

import docx
import pytest
from sqlmodel import select

from models.audit.chain import entries
from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.campaign.campaign import writing_to
from models.campaign.progress import Report, register
from models.campaign.work import Assignment, WorkItem
from models.database import open_session
from models.errors import CampaignError, NotFoundError, PlanError
from models.keys import key_of
from models.rules.words import Progress
from models.settings import moment_of, settings
from tasks.papers.briefings.issues_list import issue_cells
from tasks.papers.briefings.issuing import (
    confirm_briefing,
    draft_briefing,
    issue_rows,
    print_briefing,
    withdraw_briefing,
)
from tasks.papers.briefings.sent import add_item
from tasks.papers.briefings.settings import NewLook, set_briefings
from tasks.papers.keeping import PaperOrder
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.forked import begun

UNIT = "市司法局"
BY = "市司法局联络员"
MOMENT = moment_of(NOW, TODAY)


def later(days):
    return moment_of(NOW + timedelta(days=days), TODAY + timedelta(days=days))


def sent(tmp_path, title="推进执法规范化", moment=MOMENT, text="组织开展执法监督。"):
    path = tmp_path / "投稿.txt"
    path.write_text(f"{title}\n{text}\n", encoding="utf-8")
    return add_item(None, path, (UNIT, "", BY), moment)


def done(code, on, moment=MOMENT):
    with writing_to(None) as (session, found):
        register(
            session, key_of(found), Report(code, Progress.DONE, "创建办", done_on=on), moment=moment
        )


def drafted(tmp_path, moment=MOMENT):
    return draft_briefing(None, tmp_path / "稿.docx", "创建办", moment).issue


def confirmed(tmp_path, draft, moment=MOMENT, editors=""):
    order = PaperOrder(tmp_path / "简报.docx", "创建办")
    return confirm_briefing(None, draft, order, moment, editors).issue


def words_of_file(path):
    return "\n".join(one.text for one in docx.Document(str(path)).paragraphs)


@ON_BOTH
def test_a_number_is_given_at_confirmation_and_never_before(campaign, tmp_path):
    set_briefings(
        None, NewLook(report_to="省委依法治省办", copies=80, starts_at=19), "创建办", MOMENT
    )
    sent(tmp_path)

    draft = drafted(tmp_path)
    assert draft.number is None and "未编期号" in words_of_file(tmp_path / "稿.docx")
    assert not drafted(tmp_path).new
    issue = confirmed(tmp_path, draft.draft)

    text = words_of_file(tmp_path / "简报.docx")
    assert (issue.name, issue.new) == ("第 19 期", True)
    assert "第 19 期" in text and "报：省委依法治省办" in text and "（共印80份）" in text
    assert "工作动态\n● 推进执法规范化" in text and "（供稿：市司法局）" in text
    assert not confirmed(tmp_path, draft.draft).new  # twice is once
    with pytest.raises(CampaignError, match="不出简报稿"):
        drafted(tmp_path)


def test_a_draft_that_another_replaced_cannot_be_confirmed(campaign, tmp_path):
    sent(tmp_path)
    first = drafted(tmp_path)
    sent(tmp_path, "第二篇")
    second = drafted(tmp_path)

    assert second.draft == first.draft + 1
    with pytest.raises(NotFoundError, match="现在的是第 2 稿"):
        confirmed(tmp_path, first.draft)
    assert confirmed(tmp_path, second.draft).name == "第 1 期"


def test_a_withdrawn_number_stays_and_its_items_may_be_told_again(campaign, tmp_path):
    sent(tmp_path)
    first = confirmed(tmp_path, drafted(tmp_path).draft)

    said = withdraw_briefing(None, (1, None), ("创建办", "数字有误"), MOMENT)
    again = withdraw_briefing(None, (1, None), ("创建办", "数字有误"), MOMENT)
    second = confirmed(tmp_path, drafted(tmp_path).draft)
    print_briefing(None, (1, None), PaperOrder(tmp_path / "旧.docx"), MOMENT)

    assert "第 1 期（已撤回）" in said and "没有变化" in again
    assert second.content.keys == first.content.keys
    assert [cells[0] for cells in map(issue_cells, issue_rows(None)[1])] == [
        "第 1 期（已撤回）",
        "第 2 期",
    ]
    assert "第 1 期（已撤回）" in words_of_file(tmp_path / "旧.docx")
    with pytest.raises(CampaignError, match="不能再确认"):
        confirmed(tmp_path, first.draft)


def some_codes(count):
    with open_session(read_only=True) as session:
        query = select(WorkItem.ordinal).join(Assignment, Assignment.work_item_id == WorkItem.id)
        found = list(dict.fromkeys(session.exec(query.order_by(WorkItem.ordinal))))
    return [f"W{one}" for one in found[:count]]


def test_what_was_done_is_told_once_and_what_was_registered_late_is_told_late(campaign, tmp_path):
    one, other = some_codes(2)
    done(one, TODAY)
    first = confirmed(tmp_path, drafted(tmp_path).draft)
    done(other, TODAY, later(7))  # done in the week before, registered in this one
    second = confirmed(tmp_path, drafted(tmp_path, later(7)).draft, later(7))

    assert first.content.keys and second.content.keys
    assert not set(first.content.keys) & set(second.content.keys)
    assert second.content.first == TODAY + timedelta(days=1)
    text = words_of_file(tmp_path / "简报.docx")
    assert "本期工作进展" in text and "各单位完成责任" in text


def test_names_of_editors_are_printed_and_kept_nowhere(campaign, tmp_path):
    sent(tmp_path)
    confirmed(tmp_path, drafted(tmp_path).draft, editors="王小明")

    assert "编校：王小明" in words_of_file(tmp_path / "简报.docx")
    kept = [p for p in settings().home.rglob("*") if p.is_file() and p.suffix != ".db-wal"]
    assert not any("王小明".encode() in p.read_bytes() for p in kept)
    print_briefing(None, (1, None), PaperOrder(tmp_path / "再印.docx"), MOMENT)
    assert "编校：" in words_of_file(tmp_path / "再印.docx")
    assert "王小明" not in words_of_file(tmp_path / "再印.docx")


@pytest.mark.parametrize(
    ("title", "text", "said"),
    [
        ("标题", "", "第一行是标题"),
        ("题" * 81, "正文", "最多 80 个字"),
        ("机密★3年", "机密★3年\n正文", "密级"),
    ],
)
def test_what_cannot_be_an_item_is_refused_with_its_fault(campaign, tmp_path, title, text, said):
    with pytest.raises(PlanError, match=said):
        sent(tmp_path, title, text=text)


def test_a_draft_with_personal_numbers_gets_no_number(campaign, tmp_path):
    sent(tmp_path, text="请拨打 13812345678 咨询。")
    draft = drafted(tmp_path)

    with pytest.raises(CampaignError, match="《推进执法规范化》里有像.*的数字"):
        confirmed(tmp_path, draft.draft)


@pytest.mark.parametrize("by", ["王小明", ""])
def test_only_a_post_confirms(campaign, tmp_path, by):
    with pytest.raises(CampaignError):
        confirm_briefing(None, 1, PaperOrder(tmp_path / "x.docx", by), MOMENT)


@ON_BOTH
def test_three_who_confirm_at_once_give_one_number(campaign, tmp_path):
    sent(tmp_path)
    draft = drafted(tmp_path).draft

    running = [
        begun(lambda n=n: confirm_briefing("jc", draft, PaperOrder(tmp_path / f"{n}.docx"), MOMENT))
        for n in range(3)
    ]
    assert [one.wait() for one in running] == [0, 0, 0]

    [issue] = issue_rows(None)[1]
    assert issue.name == "第 1 期"
    with open_session(read_only=True) as session:
        assert check_chain(session, audit_key()).lines == []
        assert [e.what for e in entries(session)].count("briefing-issued") == 1


def test_numbers_by_the_year_begin_anew_each_year(campaign, tmp_path):
    set_briefings(None, NewLook(yearly=True, starts_at=5), "创建办", MOMENT)
    names = []
    for n, days in enumerate((0, 1, 200, 201)):
        sent(tmp_path, f"第{n}篇", later(days))
        draft = draft_briefing(None, None, "创建办", later(days)).issue.draft
        names.append(confirmed(tmp_path, draft, later(days)).name)

    assert names == ["2025 年第 5 期", "2025 年第 6 期", "2026 年第 1 期", "2026 年第 2 期"]
    with pytest.raises(CampaignError, match="不能改成连续编号"):
        set_briefings(None, NewLook(yearly=False), "创建办", later(300))


def test_the_second_of_a_month_is_no_number_of_an_issue(campaign, tmp_path):
    sent(tmp_path)
    confirmed(tmp_path, drafted(tmp_path).draft)

    with pytest.raises(NotFoundError, match="没有第 7 期简报，现有：第 1 期"):
        print_briefing(None, (7, None), PaperOrder(tmp_path / "x.docx"), MOMENT)
    with pytest.raises(CampaignError, match="还没有到"):
        draft_briefing(None, None, "创建办", MOMENT, date(2025, 7, 2))
