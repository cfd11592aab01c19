"""The real LibreOffice: lists that it saves again change nothing, and what a clerk edits in it is taken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.settings import moment_of
from tasks.lists.indicators import load_indicators, write_template
from tasks.lists.posts import export_posts, load_posts
from tasks.lists.progress import export_progress, load_progress
from tasks.lists.taking import Loaded
from tasks.lists.units import export_units, load_units
from tests.conftest import NOW, TODAY
from tests.support.sheets import columns
from tests.support.soffice import edited_in_office, saved_as
from tests.tools.bench_lists import indicator_table

pytestmark = [pytest.mark.office, pytest.mark.usefixtures("campaign")]
MOMENT = moment_of(NOW, TODAY)
UNITS = ["市司法局", "市财政局", "市公安局"]

LOADS: dict[str, Callable[[Path], Loaded]] = {
    "单位": lambda path: load_units(None, path, moment=MOMENT),
    "联系人": lambda path: load_posts(None, path, moment=MOMENT),
    "进展": lambda path: load_progress(None, path, moment=MOMENT),
    "指标": lambda path: load_indicators(None, path, moment=MOMENT),
}
WRITES: dict[str, Callable[[Path], object]] = {
    "单位": lambda path: export_units(None, path, TODAY),
    "联系人": lambda path: export_posts(None, path, TODAY),
    "进展": lambda path: export_progress(None, path, None, TODAY),
    "指标": lambda path: indicator_table(path, UNITS, 12),
}
# What changes how a list looks and nothing of what it says; {first} and {last} are its rows.
LOOKS = {
    "原样": "",
    "涂色": "sheet.Columns(1).CellBackColor = RGB(255, 255, 0)",
    "排序": 'Sorted(sheet, "A{first}:{end}{last}", 0)',
    "筛选": 'Filtered(sheet, "A{head}:{end}{last}", 0, "市司法局")',
    "隐藏": "sheet.Rows(6).IsVisible = False\nsheet.Columns(1).IsVisible = False",
    "空行": "sheet.Rows.insertByIndex(6, 2)",
    "上面空行": "sheet.Rows.insertByIndex(0, 1)",
    "空列": "sheet.Columns.insertByIndex(2, 1)",
    "列移到最后": 'Moved(sheet, "B{head}:B{last}", "Z{head}")',
    "冻结和字号": "sheet.Rows(4).CharHeight = 20\nsheet.Rows(4).Height = 3000",
    "另存一张": 'doc.Sheets.insertNewByName("空白", 5)',
}


@pytest.fixture
def indicators(tmp_path):
    """A table of indicators that was taken in."""
    indicator_table(tmp_path / "指标表.xlsx", UNITS, 12)
    assert LOADS["指标"](tmp_path / "指标表.xlsx").changes


def edited(tmp_path: Path, name: str, edits: dict[str, str]) -> dict[str, Path]:
    """Send a list out, and return it as each of ``edits`` leaves it; ``sheet`` is its first sheet."""
    sent = tmp_path / "发出.xlsx"
    WRITES[name](sent)
    page = load_workbook(sent).worksheets[0]
    places = {
        "head": 3,
        "first": 4,
        "last": page.max_row,
        "end": "ABCDEFGHIJKLMNOP"[len(columns(page)) - 1],
    }
    begin = 'sheet = doc.Sheets(0)\nsheet.unprotect("")\n'
    return edited_in_office(
        tmp_path, sent, {key: begin + edit.format(**places) for key, edit in edits.items()}
    )


@pytest.mark.parametrize("name", LOADS)
def test_what_only_looks_otherwise_changes_nothing(indicators, tmp_path, name):
    for edit, path in edited(tmp_path, name, LOOKS).items():
        loaded = LOADS[name](path)

        assert (loaded.changes, list(loaded.notes)) == (0, []), edit


@pytest.mark.parametrize("name", LOADS)
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_list_that_was_another_kind_of_file_in_between_changes_nothing(
    indicators, tmp_path, name, kind
):
    WRITES[name](tmp_path / "发出.xlsx")
    between = saved_as(tmp_path / "1", [tmp_path / "发出.xlsx"], kind)
    [path] = saved_as(tmp_path / "2", between, "xlsx")

    loaded = LOADS[name](path)

    assert (loaded.changes, list(loaded.notes)) == (0, [])


def test_an_empty_table_of_indicators_that_is_filled_in_is_taken(tmp_path):
    write_template(tmp_path / "空表.xlsx")
    fill = "".join(
        f'sheet.getCellByPosition({n}, 3).String = "{text}"\n'
        for n, text in enumerate(("1", "1", "", "依法行政"))
    )
    [path] = edited_in_office(
        tmp_path, tmp_path / "空表.xlsx", {"填": f"sheet = doc.Sheets(0)\n{fill}"}
    ).values()

    loaded = LOADS["指标"](path)

    assert (loaded.changes, list(loaded.notes)) == (1, [])


# Name of the list, what a clerk does there, and how many changes that comes to.
ACTS = [
    ("联系人", "删行", "sheet.Rows.removeByIndex(8, 1)", 1),
    ("联系人", "插行", 'sheet.Rows.insertByIndex(9, 1)\nsheet.getCellByPosition(0, 9).String = "市司法局"\n'
     'sheet.getCellByPosition(1, 9).String = "联络员"\nsheet.getCellByPosition(2, 9).String = "联络员（二）"', 1),
    ("联系人", "改后排序", 'sheet.getCellByPosition(4, 8).String = "是"\nSorted(sheet, "A4:E{last}", 2)', 1),
    ("联系人", "筛选后改", 'Filtered(sheet, "A3:E{last}", 1, "联络员")\nsheet.getCellByPosition(4, 8).String = "是"', 1),
    ("单位", "插行", 'sheet.Rows.insertByIndex(5, 1)\nsheet.getCellByPosition(0, 5).String = "市新设的局"', 1),
    ("单位", "删行", "sheet.Rows.removeByIndex(5, 1)", 0),
    ("单位", "停用", 'sheet.getCellByPosition(2, 5).String = "是"', 1),
    ("进展", "删行", "sheet.Rows.removeByIndex(5, 1)", 0),
    ("进展", "改说明，移列", 'Moved(sheet, "J3:J{last}", "Z3")\nsheet.getCellRangeByName("Z4").String = "正在办理"', 1),
    ("进展", "改后排序涂色", 'sheet.getCellRangeByName("J4").String = "已开会部署"\n'
     'Sorted(sheet, "A4:{end}{last}", 3)\nsheet.Columns(2).CellBackColor = 255', 1),
    ("指标", "删行", "sheet.Rows.removeByIndex(14, 1)", 4),
    ("指标", "改目标值", 'sheet.getCellRangeByName("F6").Value = 96', 1),
]  # fmt: skip


@pytest.mark.parametrize("name", LOADS)
def test_what_a_clerk_edits_is_taken_once(indicators, tmp_path, name):
    acts = {what: (act, changes) for one, what, act, changes in ACTS if one == name}

    for what, path in edited(tmp_path, name, {k: act for k, (act, _) in acts.items()}).items():
        LOADS[name](tmp_path / "发出.xlsx")  # as it was before the last clerk
        first = LOADS[name](path)

        assert (first.changes, list(first.notes)) == (acts[what][1], []), what
        assert LOADS[name](path).changes == 0, what
