"""Cells over several rows that the end of a page cuts, as printers draw them: closed, and empty behind it."""

import pytest

from models.plan.reading.text.document import HALVED, MISSING
from models.plan.reading.text.marks import TWICE
from tasks.documents.pdf.pages import pdf_pages
from tests.support.pdf_drawing import Pen, edges, pdf

HEAD = ["序号", "工作任务", "牵头单位", "完成时限"]
XS = edges([40, 170, 130, 110])
HIGH = 24
JUSTICE, POLICE, DATA = "市司法局", "市公安局", "市大数据局"


def page(number: int, first: int, leads: list[tuple[str, int]], *, head: bool):
    """Return what draws a page: leads, each over so many rows; the cell of an empty one has no letters."""

    def draw(pen: Pen) -> None:
        y = 80
        ys = [y]
        if head:
            for x, name in zip(XS, HEAD, strict=False):
                pen.write(x + 5, y + 6, name)
            y += HIGH
        at = first
        for lead, rows in leads:
            ys.append(y)
            pen.level(y, XS[0], XS[-1])
            if lead:
                pen.write(XS[2] + 5, y + 6, lead)
            for row in range(rows):
                pen.write(XS[0] + 5, y + 6, str(at))
                pen.write(XS[1] + 5, y + 6, f"落实第{at}类任务")
                pen.write(XS[3] + 5, y + 6, f"2026年{at}月底前")
                y += HIGH
                at += 1
                if row + 1 < rows:
                    pen.level(y, XS[0], XS[2])
                    pen.level(y, XS[3], XS[4])
        pen.level(ys[0], XS[0], XS[-1])
        pen.level(y, XS[0], XS[-1])
        for x in XS:
            pen.upright(x, ys[0], y)
        pen.middle(297, 800, f"— {number} —")

    return draw


# Leads of two pages, each with its number of rows; leads of the rows as read; whether a row is doubted.
CUT = [
    ([(JUSTICE, 1), (POLICE, 2)], [("", 1), (DATA, 2)], "司公公公数数", False),
    ([(JUSTICE, 2), (POLICE, 1)], [("", 2), (DATA, 1)], "司司公公公数", False),
    ([(JUSTICE, 2), (POLICE, 2)], [("", 2)], "司司公公公公", False),
    # One row on either side of the end: other cells of the column are over rows, or none is.
    ([(JUSTICE, 2), (POLICE, 1)], [("", 1), (DATA, 1)], "司司公公数", True),
    ([(JUSTICE, 1), (POLICE, 1)], [("", 1), (DATA, 1)], "司公-数", False),
    # Too few rows to know that no cell of the column is empty by itself.
    ([(POLICE, 2)], [("", 1)], "公公公", True),
    # Cells are empty by themselves elsewhere: not held, and doubted.
    ([(JUSTICE, 1), ("", 1), (DATA, 1), (POLICE, 2)], [("", 1), (DATA, 1)], "司-数公公-数", True),
    ([("", 1), ("", 1), ("", 1), (POLICE, 2)], [("", 1), ("", 1)], "---公公--", False),
    ([(JUSTICE, 1), (POLICE, 2)], [(DATA, 1), ("", 1)], "司公公数-", False),
]


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(("above", "below", "leads", "doubted"), CUT)
def test_a_cell_that_a_page_end_cuts_holds_for_the_rows_behind_it(
    above, below, leads, doubted, again
):
    first = 1 + sum(rows for _, rows in above)
    content = pdf(page(1, 1, above, head=True), page(2, first, below, head=again))

    parts = list(pdf_pages(content))

    rows = [cells for held, _ in parts for _, cells, _ in held if cells and cells[0].isdecimal()]
    short = {"": "-", JUSTICE: "司", POLICE: "公", DATA: "数"}
    assert "".join(short[cells[2]] for cells in rows) == leads
    why = [reason for _, left in parts for reason, *_ in left]
    assert (HALVED in why) == doubted
    assert MISSING not in why and TWICE not in why


def test_a_cell_that_two_page_ends_cut_holds_on_three_pages():
    pages = [[(JUSTICE, 2), (POLICE, 2)], [("", 3)], [("", 2), (DATA, 1)]]
    draws = [page(1, 1, pages[0], head=True), page(2, 5, pages[1], head=False)]
    content = pdf(*draws, page(3, 8, pages[2], head=False))

    rows = [cells for held, _ in pdf_pages(content) for _, cells, _ in held if cells]

    assert [cells[2] for cells in rows[1:]] == [JUSTICE] * 2 + [POLICE] * 7 + [DATA]


@pytest.mark.parametrize(
    ("above", "below", "doubted"),
    [
        ("市司法局、市公安局、", "市大数据局", True),
        ("牵头单位为市委依法治市", "办公室", True),  # no room for more on its line
        ("市司法局", "市大数据局", False),
    ],
)
def test_a_merged_cell_whose_letters_a_page_splits_is_doubted(above, below, doubted):
    pages = [page(1, 1, [(JUSTICE, 1), (above, 2)], head=True), page(2, 4, [(below, 2)], head=True)]

    left = [why for _, each in pdf_pages(pdf(*pages)) for why, _, _, _ in each]

    assert (HALVED in left) == doubted
