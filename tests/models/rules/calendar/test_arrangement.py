"""The State Council's notice, read as it is written and checked against itself."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from models.calendar.statutory import festival_days
from models.rules.calendar.arrangement import Arrangement, arrangement_faults, doubts
from models.rules.calendar.arrangement_text import number_in, read_arrangement
from tests.support.notices import MADE_UP, PUBLISHED

FIXED = festival_days(2027)


def every_fault(text: str, year: int | None = None) -> list[str]:
    """Return what is wrong with a notice, in its reading and in itself."""
    read = read_arrangement(text, year)
    found = read.found or Arrangement(2027, "", ())
    return [*read.faults, *(arrangement_faults(found, FIXED) if read.found else ())]


@pytest.mark.parametrize("year", PUBLISHED)
def test_a_published_notice_says_what_the_library_says(year):
    read = read_arrangement(PUBLISHED[year])

    assert read.faults == []
    assert read.found and read.found.year == year
    fixed = festival_days(year)
    assert (arrangement_faults(read.found, fixed), doubts(read.found, fixed)) == ([], [])
    said = read.found.days()
    day = date(year, 1, 1) - timedelta(days=5)
    while day <= date(year, 12, 31):
        worked = said[day][0] if day in said else day.weekday() < 5
        assert worked == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_line_breaks_blanks_and_half_width_marks_say_nothing():
    whole = read_arrangement(MADE_UP)
    torn = "\n".join(MADE_UP[n : n + 7] for n in range(0, len(MADE_UP), 7))
    narrow = MADE_UP.replace("：", ":").replace("（", "(").replace("）", ") ").replace("，", ",")

    assert whole.faults == []
    assert read_arrangement(torn) == read_arrangement(narrow) == whole
    assert number_in(torn) == "国办发明电〔2026〕9号"


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("1月31日（周日）", "1月31日（周六）", "春节：1月31日写的是周六，2027 年这一天是周日"),
        ("放假调休，共8天", "放假调休，共7天", "春节：写的是 7 天"),
        ("2月20日（周六）", "2月19日（周五）", "2月19日（周五）本来就上班，不会是调休上班日"),
        ("2月20日（周六）", "3月20日（周六）", "3月20日（周六）上班离假期太远"),
        ("2月20日（周六）", "2月6日（周六）", "2月6日（周六）又放假又上班"),
        ("4月3日（周六）至5日（周一）", "4月2日至4日", "4月5日（周一）是法定的清明节假日"),
        ("六、中秋节：9月15日（周三）放假1天，不调休。\n", "", "缺少中秋节"),
        ("六、中秋节", "六、端午节", "端午节写了两次"),
        ("10月9日（周六）上班", "10月9日（周六）照旧", "国庆节：没有读懂"),
        ("9月26日", "9月31日", "国庆节：没有“9月31日(周日)”这一天"),
        ("〔2026〕9号", "〔2021〕9号", "不像是 2027 年放假安排的文号"),
        ("1月1日（周五）至3日", "1月1日（周五）至6月3日", "起止不对"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused_with_the_place(written, instead, said):
    assert written in MADE_UP
    lines = every_fault(MADE_UP.replace(written, instead))

    assert any(said in line for line in lines), lines


@pytest.mark.parametrize(
    ("text", "year", "said"),
    [
        ("下周三开会，请准时参加。", None, "没有找到"),
        ("一、元旦：1月1日放假1天。", None, "没有写是哪一年"),
        (MADE_UP, 2028, "文中写的是 2027 年，填的是 2028 年"),
        ("一、元旦：1月1日放假1天。", 2027, "缺少春节、清明节、劳动节、端午节、中秋节、国庆节"),
    ],
)
def test_what_is_no_notice_of_a_year_is_said_to_be_none(text, year, said):
    assert any(said in line for line in every_fault(text, year))


def test_make_up_days_that_do_not_make_up_are_doubted():
    short = read_arrangement(MADE_UP.replace("9月26日（周日）、", ""))

    assert short.found and every_fault(MADE_UP.replace("9月26日（周日）、", "")) == []
    [line] = doubts(short.found, FIXED)
    assert line == "国庆节：放假占 5 个工作日，法定 3 天，应有 2 天调休上班，写的是 1 天"
