"""A year's holidays in a file: the notice, or a table of Excel or with commas."""

from datetime import date, datetime

import pytest

from models.errors import CampaignError, PlanError
from models.settings import moment_of
from tasks.lists.holidays import read_holidays
from tasks.office.holidays import HandedIn, take_in
from tests.conftest import NOW, TODAY
from tests.support.notices import MADE_UP
from tests.support.sheets import made

HEAD = ["节日", "开始", "结束", "天数", "调休上班"]
ROWS = [
    ["元旦", "2027-01-01", "2027-01-03", 3, ""],
    ["春节", "2027-02-05", "2027-02-12", 8, "2027-01-31、2027-02-20"],
    ["清明", datetime(2027, 4, 3), datetime(2027, 4, 5), 3, ""],
    ["劳动节", "2027年5月1日", "2027年5月5日", 5, datetime(2027, 5, 8)],
    ["端午节", "2027-06-09", "2027-06-09", 1, ""],
    ["中秋节", "2027-09-15", "2027-09-15", 1, ""],
    ["国庆节", "2027-10-01", "2027-10-07", 7, "2027/9/26，2027/10/9"],
]


def take(read, number="", sure=False):
    return take_in(read, HandedIn("表", number, "表", "创建办", sure), moment_of(NOW, TODAY))


@pytest.fixture
def notice(tmp_path):
    """A notice as a text file in the code page of an office machine."""
    path = tmp_path / "放假通知.txt"
    path.write_bytes(MADE_UP.encode("gb18030"))
    return path


def test_notice_workbook_and_commas_say_the_same(tmp_path, notice, database):
    sheet = made(tmp_path / "放假.xlsx", 放假安排=[["国办发明电〔2026〕9号"], HEAD, *ROWS])
    commas = tmp_path / "放假.csv"
    lines = [",".join(f'"{_text(cell)}"' for cell in row) for row in [HEAD, *ROWS]]
    commas.write_text("\n".join(lines), encoding="utf-8-sig")
    read, table, plain = (read_holidays(path, None) for path in (notice, sheet, commas))

    assert (read.faults, table.faults, plain.faults) == ([], [], [])
    assert read.found == table.found
    assert plain.found and plain.found.days() == read.found.days()
    with pytest.raises(PlanError, match="没有文号"):
        take(plain)
    taken = take(plain, number="国办发明电〔2026〕9号")
    assert taken.startswith(
        "2027 年放假安排（国办发明电〔2026〕9号）已装入：放假 28 天，调休上班 5 天"
    )
    assert take(read).endswith("此前已装入，0 处变更")


def test_what_of_a_notice_is_not_read_is_named(notice):
    whole = read_holidays(notice, None)
    notice.write_text(MADE_UP + "\n附件：\ufffd\ufffd表", encoding="utf-8")

    read = read_holidays(notice, None)

    assert (whole.notes, read.found) == ([], whole.found)
    [line] = read.notes
    assert line.endswith("这一行有认不出的字，请对照原文改正（2 字，“附件：\ufffd\ufffd表”）")


def _text(cell):
    return cell.strftime("%Y-%m-%d") if isinstance(cell, date) else cell


def test_a_table_that_contradicts_itself_is_refused_with_every_place(tmp_path, database):
    wrong = [list(row) for row in ROWS]
    wrong[0][3] = 4
    wrong[1][4] = "2027-01-31、正月十四"
    wrong[2][0] = "寒食节"
    wrong[6][2] = "2027-09-07"
    path = made(tmp_path / "放假.xlsx", 放假安排=[HEAD, *wrong])

    with pytest.raises(PlanError) as refused:
        take(read_holidays(path, None), number="国办发明电〔2026〕9号")
    said = "\n".join(refused.value.faults)
    for words in (
        "第 2 行“天数”列：写的是 4 天",
        "写的是“正月十四”",
        "没有“寒食节”这个节日",
        "起止不对",
        "缺少清明节",
    ):
        assert words.replace("：", said[said.find("列") + 1]) in said or words in said


def test_make_up_days_that_do_not_make_up_want_a_second_look(tmp_path, database):
    rows = [[*row[:4], "2027-10-09" if row[0] == "国庆节" else row[4]] for row in ROWS]
    read = read_holidays(made(tmp_path / "放假.xlsx", 放假安排=[HEAD, *rows]), None)

    with pytest.raises(PlanError, match="应有 2 天调休上班，写的是 1 天"):
        take(read, number="国办发明电〔2026〕9号")
    assert "调休上班 4 天" in take(read, number="国办发明电〔2026〕9号", sure=True)


@pytest.mark.parametrize("year", [-1, 1989, 2100, 20_260_605])
def test_a_year_beyond_the_calendar_is_refused_before_the_file_is_read(tmp_path, year):
    with pytest.raises(CampaignError, match="应为 1990 至 2099 年"):
        read_holidays(tmp_path / "没有.xlsx", year)
