"""What came, for which occurrence, and whether by its day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.publicity.arrival import (
    Meant,
    Owed,
    arrival,
    duty_in_name,
    names_of_duty,
    occurrence_meant,
)
from models.rules.publicity.words import Arrival

DUE = date(2026, 7, 28)
MONTHLY = "报送宣传内容(宣传工作进展和信息)至市法治政府建设领导小组办公室"
DUTIES = {
    1: MONTHLY,
    2: "各牵头单位向市创建办报送工作进展情况",
    3: "利用电子显示屏对法治政府建设工作进行滚动播放",
}


@pytest.mark.parametrize(
    ("arrived", "today", "word"),
    [
        (date(2026, 7, 28), date(2026, 7, 28), Arrival.ON_TIME),  # the day itself is in time
        (date(2026, 7, 29), date(2026, 7, 29), Arrival.LATE),
        (date(2026, 7, 1), date(2026, 8, 9), Arrival.ON_TIME),
        (None, date(2026, 7, 28), Arrival.NOT_YET),  # nothing is missing on the day itself
        (None, date(2026, 7, 29), Arrival.MISSING),
    ],
)
def test_the_day_of_arrival_alone_says_whether_it_was_in_time(arrived, today, word):
    assert arrival(DUE, arrived, today) is word


def test_a_due_day_on_a_day_off_stays_the_due_day():
    sunday = date(2026, 6, 28)

    assert sunday.isoweekday() == 7
    assert arrival(sunday, sunday, sunday) is Arrival.ON_TIME
    assert arrival(sunday, sunday + timedelta(days=1), sunday) is Arrival.LATE


def test_a_duty_is_called_by_the_pieces_of_its_words():
    assert names_of_duty(MONTHLY) == ["宣传工作进展", "宣传内容"]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("市公安局/D1.2026-07-28.docx", 1),
        ("市公安局/d1/材料.docx", 1),
        ("市公安局7月宣传信息.docx", 1),
        ("7月宣传工作报送/市公安局/照片.jpg", 1),
        ("宣传内容.docx", 1),
        ("市公安局7月工作进展情况.docx", 2),
        ("宣传横幅照片.jpg", None),  # evidence of a banner, and no report
        ("AD1改造方案.docx", None),
        ("D9.docx", None),  # no such duty
        ("培训通知.docx", None),
    ],
)
def test_a_file_is_known_by_its_name_or_its_folder(name, number):
    assert duty_in_name(name, DUTIES) == number


def test_a_name_that_could_be_two_duties_is_neither():
    assert duty_in_name("宣传信息.docx", {1: MONTHLY, 2: "每周报送宣传信息汇总"}) is None


OWED = [
    Owed(f"D1.2026-{month:02d}-28.3", date(2026, month, 1), date(2026, month, 28), sent)
    for month, sent in ((5, True), (6, False), (7, False), (8, False))
]


@pytest.mark.parametrize(
    ("name", "arrived", "code", "doubt"),
    [
        ("宣传信息.docx", date(2026, 7, 20), "D1.2026-07-28.3", "D1.2026-06-28.3"),
        ("宣传信息.docx", date(2026, 7, 30), "D1.2026-07-28.3", "D1.2026-06-28.3"),  # late
        ("D1.2026-06-28.docx", date(2026, 7, 30), "D1.2026-06-28.3", ""),
        ("6月宣传信息.docx", date(2026, 7, 30), "D1.2026-06-28.3", ""),
        ("2026年8月宣传信息.docx", date(2026, 7, 20), "D1.2026-08-28.3", ""),
        ("2025年6月宣传信息.docx", date(2026, 7, 20), "D1.2026-07-28.3", "D1.2026-06-28.3"),
        ("6月、7月宣传信息.docx", date(2026, 7, 20), "D1.2026-07-28.3", "D1.2026-06-28.3"),
        ("宣传信息.docx", date(2026, 4, 2), "D1.2026-05-28.3", ""),  # before the first
    ],
)
def test_what_came_is_for_the_occurrence_it_names_or_came_in(name, arrived, code, doubt):
    meant = occurrence_meant(name, OWED, arrived)

    assert meant is not None
    assert (meant.code, meant.doubt) == (code, doubt)


# Told of by the month before: 每月5日前报送上月信息.
BEHIND = [
    Owed("D1.2026-07-05.3", date(2026, 7, 1), date(2026, 7, 5), True, "报送上月信息（2026年6月）"),
    Owed("D1.2026-08-05.3", date(2026, 8, 1), date(2026, 8, 5), False, "报送上月信息（2026年7月）"),
]
WEEKS = [
    Owed(f"D1.2026-07-{due:02d}.3", date(2026, 7, due - 6), date(2026, 7, due))
    for due in (10, 17, 24, 31)
]


@pytest.mark.parametrize(
    ("owed", "name", "arrived", "code", "doubt"),
    [
        (BEHIND, "7月信息.docx", date(2026, 8, 3), "D1.2026-08-05.3", ""),
        # What is there already may have been meant; the sender hears of the one that is not.
        (BEHIND, "6月信息.docx", date(2026, 8, 3), "D1.2026-07-05.3", "D1.2026-08-05.3"),
        (WEEKS, "7月15日信息.docx", date(2026, 7, 20), "D1.2026-07-17.3", ""),
        (WEEKS, "2026-07-15信息.docx", date(2026, 7, 20), "D1.2026-07-17.3", ""),
        (WEEKS, "7月信息.docx", date(2026, 7, 20), "D1.2026-07-24.3", "D1.2026-07-17.3"),
        (WEEKS, "7月32日信息.docx", date(2026, 7, 20), "D1.2026-07-24.3", "D1.2026-07-17.3"),
        (WEEKS, "2.15版信息.docx", date(2026, 7, 20), "D1.2026-07-24.3", "D1.2026-07-17.3"),
    ],
)
def test_a_name_says_the_period_it_tells_of(owed, name, arrived, code, doubt):
    assert occurrence_meant(name, owed, arrived) == Meant(code, doubt)


def test_nothing_is_meant_where_nothing_is_owed():
    assert occurrence_meant("宣传信息.docx", [], DUE) is None


@given(
    st.text("宣传信息年月日份D1.2026-07859", max_size=40),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_whatever_a_file_is_called_it_is_for_one_of_what_is_owed(name, arrived):
    meant = occurrence_meant(name, OWED, arrived)

    assert meant is not None
    assert meant.code in {one.code for one in OWED}
