"""Days of a returned ledger without their year: taken where it is certain and said, else returned."""

from datetime import date, datetime

import pytest
from sqlmodel import select

from models.campaign.campaign import Campaign
from models.database import open_session
from models.evidence.evidence import Evidence
from models.rules.evidence.words import Reception
from tests.support.sheets import place
from tests.tasks.ledgers.test_taking import PIECES, SHEET, fill, registered

CERTAIN = "请核对：表“台账”“完成日期”列没有写全年份，从方案开始（2025-06-01）到今天（2025-07-01）只能是这一年："


@pytest.mark.parametrize(
    "day",
    ["6月25日", "6月25号", "6-25", "6/25", "6.25", "６．２５", "25.6.25", 6.25],
)
def test_a_day_without_a_year_is_taken_in_the_only_year_it_can_be(desk, campaign_id, day):
    taken = desk.take(desk.filled(desk.send(), fill("W6", "已完成", day)))

    assert registered(campaign_id, "W6").done_on == date(2025, 6, 25)
    [said] = [line for line in taken.lines if line.startswith("请核对")]
    assert said.startswith(CERTAIN)
    assert said.endswith("认作 2025-06-25；不对的请改好再报")
    assert (taken.reception, taken.unsure) == (Reception.TAKEN, True)


def test_what_a_spreadsheet_made_a_day_of_1900_of_is_what_was_typed(desk, campaign_id):
    back = desk.filled(desk.send(), fill("W6", "已完成", datetime(1900, 1, 6, 6)))  # noqa: DTZ001

    assert "第 7 行“1900-01-06 06:00:00”认作 2025-06-25" in desk.take(back).lines[1]
    assert registered(campaign_id, "W6").done_on == date(2025, 6, 25)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("3月5日", "从方案开始（2025-06-01）到今天（2025-07-01）没有这一天；应为 2025-07-21"),
        ("7月2日", "没有这一天"),  # tomorrow
        (6.3, "可能是 6月3日或 6月30日，看不出是哪一天"),
    ],
)
def test_a_day_that_can_be_no_year_or_two_days_is_returned(desk, campaign_id, day, why):
    taken = desk.take(desk.filled(desk.send(), fill("W6", "已完成", day)))

    assert registered(campaign_id, "W6").state == "open"
    assert taken.reception is Reception.PARTLY
    assert any(
        "表“台账”第 7 行“完成日期”列：写的是" in line and why in line for line in taken.lines
    )
    assert taken.marked


def test_in_the_second_year_a_day_that_both_have_is_returned(desk, campaign_id):
    taken = desk.take(desk.filled(desk.send(), fill("W6", "已完成", "6月25日")), day=365)

    assert registered(campaign_id, "W6").state == "open"
    assert any("没有写年份，可能是 2025-06-25 或 2026-06-25" in line for line in taken.lines)


def piece(fact):
    def edit(book):
        page = book[PIECES]
        for column, value in (("编号", "W6"), ("材料名称", "通知"), ("事实发生日期", fact)):
            at = {cell.value: cell.column for cell in page[3]}[column]
            page.cell(4, at).value = value
        page.cell(4, {cell.value: cell.column for cell in page[3]}["承诺日期"]).value = "2025-08-01"

    return edit


def facts():
    with open_session(read_only=True) as session:
        return session.exec(select(Evidence.fact_on)).all()


def test_the_day_of_a_fact_is_certain_by_the_evaluation_period(desk, campaign_id):
    back = desk.filled(desk.send(), piece("3月5日"))
    before = desk.take(back)
    with open_session() as session:
        session.get_one(Campaign, campaign_id).evaluated_from = date(2024, 7, 2)

    after = desk.take(back)

    assert any("没有登记评估期开始的日期，看不出是哪一年" in line for line in before.lines)
    assert any("“事实发生日期”列没有写全年份，从评估期开始" in line for line in after.lines)
    assert facts() == [date(2025, 3, 5)]


def test_a_day_that_a_lost_format_left_as_a_number_is_said(desk, campaign_id):
    def edit(book):
        fill("W6", "已完成", 45833)(book)
        place(book[SHEET], "完成日期", 编号="W6").number_format = "General"

    taken = desk.take(desk.filled(desk.send(), edit))

    assert registered(campaign_id, "W6").done_on == date(2025, 6, 25)
    assert any("第 7 行“45833”认作 2025-06-25" in line for line in taken.lines)


def test_the_day_of_receipt_that_counts_for_an_empty_one_is_said(desk, campaign_id):
    taken = desk.take(desk.filled(desk.send(), fill("W6", "已完成")))

    assert registered(campaign_id, "W6").done_on == date(2025, 7, 1)
    assert any("没有填，按收到这一天登记：第 7 行认作 2025-07-01" in line for line in taken.lines)


def test_doubts_do_not_come_again_with_the_same_file(desk):
    back = desk.filled(desk.send(), fill("W6", "已完成"))
    desk.take(back)

    assert not any(line.startswith("请核对") for line in desk.take(back, day=1).lines)
