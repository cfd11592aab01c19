"""Tables of a web page: cells over their spans, groups in their order, and tables that are none."""

import time

import pytest

from models.plan.reading.text.marks import MISSING
from tasks.documents.web.pages import html_pages


def read(page):
    [(rows, left)] = html_pages(page.encode())
    assert MISSING not in [why for why, *_ in left]
    return [cells or text for text, cells, _ in rows]


@pytest.mark.parametrize(
    ("inner", "rows"),
    [
        ("<tr><td>甲<td>乙<tr><td>丙<td>丁", [["甲", "乙"], ["丙", "丁"]]),
        ("<tr><td rowspan=2>甲<td>乙<tr><td>丙", [["甲", "乙"], ["甲", "丙"]]),
        (
            "<tr><td colspan=2>甲<td>乙<tr><td>丙<td>丁<td>戊",
            [["甲", "甲", "乙"], ["丙", "丁", "戊"]],
        ),
        (
            "<tr><td rowspan=2 colspan=2>甲<td>乙<tr><td>丙",
            [["甲", "甲", "乙"], ["甲", "甲", "丙"]],
        ),
        ("<tr><td>甲<td rowspan=2>乙<tr><td>丙", [["甲", "乙"], ["丙", "乙"]]),
        (
            "<tr><td rowspan=0>甲<td>乙<tr><td>丙<tr><td>丁",
            [["甲", "乙"], ["甲", "丙"], ["甲", "丁"]],
        ),
        (
            "<tbody><tr><td rowspan=9>甲<td>乙</tbody><tbody><tr><td>丙<td>丁",
            [["甲", "乙"], ["丙", "丁"]],
        ),
        (
            "<tfoot><tr><td>丙<td>丁</tfoot><tbody><tr><td>乙<td>己</tbody><thead><tr><th>甲<th>戊</thead>",
            [["甲", "戊"], ["乙", "己"], ["丙", "丁"]],
        ),
        ("<caption>表一<br>任务</caption><tr><td>甲<td>乙", ["表一", "任务", ["甲", "乙"]]),
        ("<colgroup><col><col></colgroup><tr><td>甲<td>乙", [["甲", "乙"]]),
        ("<tr><td>甲<td>乙<tr><td colspan=2>注：丙", [["甲", "乙"], ["注：丙", "注：丙"]]),
        ("<tr><td>甲<td>乙<tr><td>丙", [["甲", "乙"], "丙"]),
        ("<tr><td>甲<td></td><td>乙", [["甲", "", "乙"]]),
        ("<tr><td>市城管局<br>公安局<p>民政局<td>乙", [["市城管局\n公安局\n民政局", "乙"]]),
        ("<tr><td>市城管\n局<td>2026年\n 3月", [["市城管局", "2026年 3月"]]),
        ("<tr><td>市城管\n局<td>三月\n 底", [["市城管局", "三月底"]]),
        ("<tr><td rowspan=-1 colspan=x>甲<td colspan='²'>乙", [["甲", "乙"]]),
        # a row that leaves out cells: what hangs down keeps its column (HTML 4.9.12.1)
        (
            "<tr><td>甲<td>乙<td rowspan=2>丙<tr><td>丁<tr><td>戊<td>己<td>庚",
            [["甲", "乙", "丙"], ["丁", "", "丙"], ["戊", "己", "庚"]],
        ),
        (
            "<tr><td>甲<td>乙<td>丙<td rowspan=3>辛<tr><td>丁<tr><td>戊<td>己<tr><td>庚<td>壬",
            [["甲", "乙", "丙", "辛"], ["丁", "", "", "辛"], ["戊", "己", "", "辛"], ["庚", "壬"]],
        ),
        (
            "<tr><td>甲<td rowspan=2>乙<td>丙<tr><td colspan=3>丁<tr><td>戊<td>己<td>庚",
            [["甲", "乙", "丙"], ["丁", "丁", "丁"], ["戊", "己", "庚"]],  # over each other
        ),
        (
            "<tr><td rowspan=2>甲<td rowspan=2>乙<tr></tr><tr><td>丙<td>丁",
            [["甲", "乙"], ["丙", "丁"]],  # a row without a cell is no second task
        ),
        (
            "<tr><td>甲<td rowspan=0>乙<tr></tr><tr><td>丙</table><table><tr><td>丁<td>戊",
            [["甲", "乙"], ["丙", "乙"], ["丁", "戊"]],
        ),
        ("<tr><td rowspan=' +2px'>甲<td>乙<tr><td>丙", [["甲", "乙"], ["甲", "丙"]]),
        ("<tr><td rowspan=2>甲<td colspan=0>乙<tr><td>丙", [["甲", "乙"], ["甲", "丙"]]),
        (
            "<thead><tr><td>甲<td>乙</thead><tbody><tr><td>丙<td>丁</tbody><thead><tr><td>戊<td>己</thead>",
            [["甲", "乙"], ["丙", "丁"], ["戊", "己"]],  # only the first head stands at the head
        ),
        (
            "<tfoot><tr><td>甲<td>乙</tfoot><tfoot><tr><td>丙<td>丁</tfoot><tbody><tr><td>戊<td>己</tbody>",
            [["丙", "丁"], ["戊", "己"], ["甲", "乙"]],
        ),
        # broken marks
        ("<td>甲<td>乙<tr><td>丙<td>丁", [["甲", "乙"], ["丙", "丁"]]),
        ("<tr><td>甲</tr><td>乙</td><td>丙", ["甲", ["乙", "丙"]]),
        ("<tr>外<td>甲<td>乙</tr>面", ["外面", ["甲", "乙"]]),  # shown before the table
        ("<tr><td>甲<td>乙</tr><p>外面</p>", ["外面", ["甲", "乙"]]),
        ("<form><tr><td>甲<input><td>乙</form>", [["甲", "乙"]]),
        ("<tr><td><p>甲</td><td><b>乙</td><td>丙", [["甲", "乙", "丙"]]),
    ],
)
def test_cells_stand_where_a_browser_shows_them(inner, rows):
    assert read(f"<table>{inner}</table>") == rows


def test_a_table_in_a_paragraph_and_text_behind_it():
    assert read("<p>甲<table><tr><td>乙<td>丙</table>丁") == ["甲", ["乙", "丙"], "丁"]


def test_tables_are_numbered_and_a_new_one_ends_the_last():
    table = "<table><tr><td>甲<td>乙"
    [(rows, _)] = html_pages((table + "<tr>" + table).encode())

    assert [number for *_, number in rows] == [1, 2]


LONG = "<p>一、总则</p><p>为加强行政执法，规范程序，制定本方案。</p><p>二、任务</p><p>完善清单，逐项落实。</p>"
TEXT = LONG * 8


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (f"<table><tr><td>{LONG}</td></tr></table>", ["一、总则", "二、任务"]),
        (f"<table border=1><tr><td>{LONG}</td></tr></table>", ["一、总则", "二、任务"]),  # one cell
        ("<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>", ["甲", "乙"]),  # one column
        ("<table><tr><td></td><td>甲</td></tr><tr><td>乙</td><td></td></tr></table>", ["甲", "乙"]),
        (
            f"<table><tr><td>首页<br>新闻</td><td>{TEXT}</td></tr></table>",
            ["首页", "新闻", "一、总则"],
        ),
        (
            f"<table><tr><td colspan=2>某市政府</td></tr><tr><td>首页</td><td>{TEXT}</td></tr>"
            "<tr><td>打印</td><td>关闭</td></tr></table>",
            ["某市政府", "首页", "一、总则"],
        ),
        ("<table role=presentation><tr><td>甲</td><td>乙</td></tr></table>", ["甲", "乙"]),
    ],
)
def test_a_table_that_holds_the_page_is_its_lines(page, shown):
    found = read(page)

    assert all(isinstance(line, str) for line in found)
    assert [line for line in found if line in shown][: len(shown)] == shown or set(shown) <= set(
        found
    )


@pytest.mark.parametrize(
    "page",
    [
        f"<table border=1><tr><td>序号<td>措施<td>单位<tr><td>1<td>{TEXT}<td>市司法局</table>",
        f"<table><tr><th>序号<th>措施<tr><td>1<td>{TEXT}</table>",
        f"<table><tr><td>序号<td>措施<td>单位<tr><td>1<td>{TEXT}<td>市司法局</table>",
        f"<table><tr><td style='border:solid windowtext 1.0pt'>甲<td>{TEXT}</table>",
        "<table><tr><td>序号<td>单位<tr><td>1<td>市城管局<br>公安局<br>民政局<br>财政局<br>教育局</table>",
        "<table><tr><td>市城管局<br>公安局<br>民政局<td>市财政局</table>",
    ],
)
def test_a_table_of_tasks_stays_a_table(page):
    assert any(isinstance(row, list) for row in read(page))


@pytest.mark.parametrize("rows", [10_000, 20_000])
def test_a_long_table_without_rules_takes_time_by_its_rows(rows):
    start = time.process_time()

    found = read(
        "<table>" + "".join(f"<tr><td>{at}<td>任务<td>市司法局" for at in range(rows)) + "</table>"
    )

    assert found[-1] == [str(rows - 1), "任务", "市司法局"]
    assert time.process_time() - start < rows / 8_000


@pytest.mark.parametrize(
    ("style", "cells"),
    [
        ("font-size:0", ["甲", "", "丙"]),
        ("visibility:hidden", ["甲", "", "丙"]),
        ("text-decoration:line-through", ["甲", "", "丙"]),
        ("display:none", ["甲", "丙"]),
    ],
)
def test_a_cell_whose_text_is_left_out_keeps_its_column(style, cells):
    assert read(f"<table border=1><tr><td>甲<td style='{style}'>乙<td>丙</table>") == [cells]


TASKS = "<table border=1><tr><td>任务<td>单位<tr><td>整治<td>市城管局</table>"


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        (
            f"<table><tr><td>首页</td><td><p>甲</p>{TASKS}<p>乙</p></td></tr></table>",
            ["首页", "甲", ["任务", "单位"], ["整治", "市城管局"], "乙"],
        ),
        (
            f"<table border=1><tr><td>甲</td><td>{TASKS}</td></tr></table>",
            ["甲", ["任务", "单位"], ["整治", "市城管局"]],
        ),
        (
            "<table border=1><tr><th>任务<th>要求和分工<th>单位<tr><td>开展专项整治行动<td>明确"
            "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>执行<td>市城管局</table>",
            [
                ["任务", "要求和分工", "单位"],
                ["开展专项整治行动", "明确\n甲 乙\n丙 丁\n执行", "市城管局"],
            ],
        ),
        (
            "<table border=1><tr><td>甲乙丙丁<td>戊己庚辛<table><tr><td>一</table><tr><td>丑<td>寅</table>",
            [["甲乙丙丁", "戊己庚辛\n一"], ["丑", "寅"]],
        ),
    ],
)
def test_a_table_in_a_table_is_read_once_and_in_its_place(page, rows):
    assert read(page) == rows


def test_repeated_cells_are_bounded():
    row = "<td colspan=999>" + "规定" * 5000
    page = "<table border=1>" + f"<tr>{row}<td>乙" * 30 + "</table>"

    [(rows, left)] = html_pages(page.encode())

    assert len(rows) == 30
    assert sum(len(cell) for _, cells, _ in rows for cell in cells) < 2_000_000
    assert rows[-1][1][-1] == "乙"  # a cell of its own always has a column
    assert MISSING not in [why for why, *_ in left]
