"""What the office looks up and looks after in the window: items, its own acts, questions and sheets."""

from datetime import timedelta
from urllib.parse import unquote

import pytest

from models.campaign.progress import Report
from models.errors import CampaignError, NotFoundError
from models.rules.words import Progress
from models.settings import moment_of
from tasks.campaign.progress import register_report
from tasks.decisions.asking import ask_by_hand
from tasks.notices.burden import allow
from tasks.notices.silences import add_silence, end_silence
from tasks.window.office_acts import A_PAGE, office_acts
from tasks.window.office_items import items_found, office_item
from tasks.window.office_questions import office_question, office_questions, print_sheet
from tests.support.alerts import MONDAY, at

NOW = moment_of(at(MONDAY, 10), MONDAY)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("w6", "W6"),  # a code in small letters
        ("动员部署", "S1.1"),  # words of a title
    ],
)
def test_an_item_is_found_by_its_code_or_by_words_of_its_title(campaign, text, first):
    assert items_found(campaign, text)[0].code == first


@pytest.mark.parametrize("text", ["%", "_", "!", "没有这一项", "'; DROP TABLE unit; --"])
def test_marks_of_a_pattern_are_marks_and_nothing_else(campaign, text):
    assert items_found(campaign, text) == []


def test_an_item_is_shown_with_the_parts_of_its_units(campaign):
    register_report(campaign, Report("W6", Progress.DONE, "创建办", "市司法局"), NOW)

    found = office_item(campaign, "w6")

    assert found.code == "W6"
    assert found.state == "未开始"
    part = found.part_of("市司法局")
    assert part is not None
    assert (part.state, part.by_post) == ("已完成", "创建办")
    assert found.part_of("没有的单位") is None


def test_an_item_that_is_not_there_is_refused_in_one_line(campaign):
    with pytest.raises(NotFoundError, match="没有编号为"):
        office_item(campaign, "W999")


def test_what_the_office_did_stands_newest_first_and_says_by_which_way(campaign):
    number = add_silence(campaign, "W5", author="创建办", reason="等文件", until=MONDAY, moment=NOW)
    end_silence(campaign, number, by="创建办", moment=NOW)
    register_report(campaign, Report("W6", Progress.DONE, "市司法局联络员", "市司法局"), NOW)

    first, second, *_ = office_acts(campaign, MONDAY).acts

    assert (first.deed, second.deed) == ("结束静默", "设置静默")
    assert "等文件" in second.words
    assert all(one.who == "创建办" for one in (first, second))


def test_what_the_office_did_is_listed_a_page_at_a_time_with_nothing_lost(campaign):
    for n in range(A_PAGE + 3):
        register_report(
            campaign, Report("W6", Progress.STARTED, "创建办", "市司法局", note=f"第{n}次"), NOW
        )

    seen, before = [], 0
    while True:
        page = office_acts(campaign, MONDAY, before)
        seen += [one.number for one in page.acts if one.what == "progress"]
        before = page.before
        if not before:
            break

    assert len(seen) == len(set(seen)) == A_PAGE + 3
    assert seen == sorted(seen, reverse=True)


def test_a_question_waits_with_whom_it_is_put_to_and_can_be_asked_once(campaign):
    number, _ = ask_by_hand(campaign, 1, "创建办", NOW)

    found = office_questions(campaign, MONDAY)

    assert [one.number for one in found.waiting] == [number]
    assert [one.question for one in found.stages] == [number, None, None, None, None]
    assert [one.opening for one in found.stages] == [True] * 5  # none has begun
    assert found.waiting[0].silent


def test_a_sheet_brings_the_code_once_and_the_address_as_a_picture(campaign):
    number, _ = ask_by_hand(campaign, 1, "创建办", NOW)
    [seat, *_] = office_question(campaign, number, MONDAY).silent

    first = print_sheet(number, seat.post, "创建办", "", NOW, "one")
    second = print_sheet(number, seat.post, "创建办", "", NOW, "two")

    assert first.sheet.code != second.sheet.code
    assert first.address.endswith(f"/d/{number}")
    assert first.picture.startswith("data:image/svg+xml")
    assert "<svg" in unquote(first.picture)
    assert first.sheet.code not in unquote(first.picture)


def test_a_question_of_another_campaign_is_none_of_this_one(campaign):
    with pytest.raises(CampaignError, match="不在待决定的审批里"):
        office_question(campaign, 4711, MONDAY)


def test_a_leaders_word_that_stands_is_recorded_once(campaign):
    before = len(office_acts(campaign, MONDAY).acts)
    for _ in range(2):
        allow(campaign, "市司法局", by="创建办", reason="迎接评估", moment=NOW)

    acts = office_acts(campaign, MONDAY).acts

    assert len(acts) == before + 1


def test_a_word_of_last_week_does_not_stand_this_week(campaign):
    last = MONDAY - timedelta(days=7)
    allow(campaign, "市司法局", by="创建办", reason="", moment=moment_of(at(last, 10), last))
    allow(campaign, "市司法局", by="创建办", reason="", moment=NOW)

    assert [one.deed for one in office_acts(campaign, MONDAY).acts[:2]] == ["同意超过每周次数"] * 2
