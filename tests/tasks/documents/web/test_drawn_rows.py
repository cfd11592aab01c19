"""Tables that a page draws of other elements than a table's: rows where they surely are some."""

import pytest

from models.plan.reading.text.marks import MISSING
from tasks.documents.pages import HIDDEN
from tasks.documents.web.pages import html_pages

DRAWN = ".t{display:table}.r{display:table-row}.c{display:table-cell}"
FLEX, GRID = ".r{display:flex}", ".t{display:grid;grid-template-columns:%s}"
ROWS = [["任务", "单位", "时限"], ["一、普法", "市司法局", "六月"], ["二、执法", "", "年底"]]
LINES = [cell for row in ROWS for cell in row if cell]


def read(page):
    [(rows, left)] = html_pages(page.encode())
    assert MISSING not in [why for why, *_ in left]
    return [cells or text for text, cells, _ in rows], [(why, words) for why, words, *_ in left]


def rows_of(rows, cell="div"):
    return "".join(
        "<div class=r>" + "".join(f"<{cell} class=c>{text}</{cell}>" for text in row) + "</div>\n"
        for row in rows
    )


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        (DRAWN, f"<div class=t>{rows_of(ROWS)}</div>"),
        (DRAWN, f"<div class=t><div>{rows_of(ROWS[:1])}</div><div>{rows_of(ROWS[1:])}</div></div>"),
        (DRAWN, rows_of(ROWS, "span")),  # rows without a table around them
        (".c{display:table-cell}", rows_of(ROWS)),  # cells without rows
        (FLEX, f"<section>{rows_of(ROWS)}</section>"),
        (FLEX, f"<div class=h>{rows_of(ROWS[:1])}</div><div class=b>{rows_of(ROWS[1:])}</div>"),
        (FLEX, rows_of(ROWS[:1]) + f"<div>{rows_of(ROWS[1:])}</div>"),
        (".r{display:grid;grid-template-columns:1fr 2fr 60px}", rows_of(ROWS)),
        (
            GRID % "60px repeat(2, minmax(10px, 1fr))",
            f"<ul class=t>{''.join(f'<li style=list-style:none>{c}</li>' for row in ROWS for c in row)}</ul>",
        ),
        (".c{display:inline-block;width:30%}", rows_of(ROWS)),
    ],
)
def test_rows_that_a_page_draws_are_rows(sheet, body):
    assert read(f"<style>{sheet}</style><p>前文</p>{body}<p>后文</p>") == (
        ["前文", *ROWS, "后文"],
        [],
    )


def test_an_element_may_say_so_itself():
    cells = "".join(f"<i style='DISPLAY: table-cell'>{text}</i>" for text in "甲乙")
    rows = f"<p style='display:table-row'>{cells}</p>" * 2

    assert read(f"<div style='display: table !important'>{rows}</div>")[0] == [["甲", "乙"]] * 2


@pytest.mark.parametrize(
    ("sheet", "body", "lines"),
    [
        (FLEX + ".r{flex-direction:column}", rows_of(ROWS), LINES),
        (FLEX, rows_of(ROWS[:1]), ROWS[0]),  # a bar of the page
        (
            FLEX,
            rows_of([["牵头：", "甲"], ["时限：", "乙"], ["备注：", "丙"]]),
            ["牵头：", "甲", "时限："],
        ),
        (GRID % "repeat(auto-fill,minmax(10px,1fr))", f"<div class=t>{rows_of(ROWS)}</div>", LINES),
        (DRAWN, f"<div class=t>{rows_of(ROWS[:1])}</div>", ROWS[0]),
    ],
)
def test_what_is_not_surely_a_table_stays_lines(sheet, body, lines):
    found, left = read(f"<style>{sheet}</style>{body}")

    assert all(isinstance(line, str) for line in found) and left == []
    assert "".join(found).startswith("".join(lines))


def test_rows_of_flex_that_hold_the_page_are_no_table():
    text = "<p>各单位要认真落实，逐项销号。</p>" * 40
    head = "<div class=r><div>站名</div><div>栏目</div><div>搜索</div></div>"
    page = (
        f"<style>{FLEX}</style>{head}<div class=r><div>左</div><div>{text}</div><div>右</div></div>"
    )

    found, _ = read(page)

    assert found.count("各单位要认真落实，逐项销号。") == 40


def test_no_word_is_lost_beside_drawn_cells():
    page = f"<style>{FLEX}</style>" + "<div class=r>散字<i>甲</i><i>乙</i></div>" * 3

    assert "".join(read(page)[0]) == "散字甲乙" * 3


@pytest.mark.parametrize("sheet", [DRAWN, FLEX])
def test_a_hidden_row_among_drawn_ones_is_named_and_breaks_no_table(sheet):
    hidden = "<div class=r style='display:none'><i>暗字</i></div>"
    page = (
        f"<style>{sheet}</style><div class=t>{rows_of(ROWS[:2])}{hidden}{rows_of(ROWS[2:])}</div>"
    )

    assert read(page) == (ROWS, [(HIDDEN, "暗字")])
