"""Columns are as wide as what stands in them: no code, day or short word is cut where there is room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.papers.quoted import Quoted
from notifications.paper_blocks import Grid
from tasks.papers.word import measures as m
from tasks.papers.word.columns import WHOLE_ROW, column_widths, highest_cell

ACROSS, ALONG = (m.mm_twips(side) for side in (m.TEXT_AREA[1], m.TEXT_AREA[0]))
HEAD = ("序号", "编号", "问题", "责任单位", "逾期情况", "整改措施", "时限", "进展", "销号")
SHARES = (3, 3, 9, 5, 5, 9, 6, 6, 4)
TITLE = (
    "健全重大行政决策程序制度，落实公众参与、专家论证、风险评估、合法性审查、集体讨论决定法定程序"
)


def ledger(title=TITLE, note="进行中：已制定方案并组织实施"):
    row = ("728", "10.3.12", title, "市政府办公室", "已过时限", "", "2025-06-15", note, "")
    return Grid(HEAD, (tuple((cell,) if cell else () for cell in row),) * 3, SHARES)


def room_of(widths, name):
    """Return how many characters of a table stand in one line of a column."""
    return (widths[HEAD.index(name)] / 20 - 8.5) / m.TABLE


@pytest.mark.parametrize(
    ("name", "characters"),
    [
        ("序号", 2),
        ("编号", len("10.3.12") / 2),
        ("责任单位", 4),
        ("逾期情况", len("已过时限")),
        ("时限", len("2025-06-15") / 2),
        ("整改措施", 6),  # to be written in
    ],
)
def test_in_a_ledger_of_nine_columns_nothing_short_is_cut(name, characters):
    widths = column_widths(ledger(), wide=True)

    assert sum(widths) == ACROSS
    assert room_of(widths, name) > characters


def test_the_longer_text_gets_the_wider_column():
    widths = column_widths(ledger(), wide=True)

    assert room_of(widths, "问题") > room_of(widths, "进展") > 3
    assert highest_cell(ledger(), wide=True) <= WHOLE_ROW


def test_beside_long_texts_the_column_to_be_written_in_gives_them_room():
    short = column_widths(ledger("公众参与", "进行中"), wide=True)
    long = column_widths(ledger(note="进行中" * 60), wide=True)

    assert room_of(short, "整改措施") > 7.5
    assert 6 < room_of(long, "整改措施") < 6.6
    assert room_of(long, "进展") > 8.5


def test_where_no_text_is_long_no_column_takes_all_the_room():
    row = (("案卷评查",), ("书面",), ("20",), (Quoted("k", "83.33", "注"),), ("6",))
    widths = column_widths(
        Grid(("方式", "部分", "权重", "得分", "评的数"), (row, row), (6, 4, 3, 4, 4)), wide=False
    )

    assert sum(widths) == ALONG
    assert max(widths) < 3 * min(widths)


def test_a_table_without_rows_keeps_the_shares_it_was_given():
    assert column_widths(Grid(("甲", "乙"), (), (1, 3)), wide=False)[1] > ALONG / 2


def test_a_number_has_room_for_the_mark_of_its_footnote():
    def narrow(cell):
        rows = tuple(((cell,), ("字" * 200,)) for _ in range(3))
        return column_widths(Grid(("数", "文"), rows, (1, 1)), wide=False)[0]

    assert narrow(Quoted("k", "12", "注")) > narrow("12")


def test_a_cell_of_many_lines_is_seen_before_it_is_printed():
    grid = Grid(("编号", "事项"), ((("W1",), ("字" * 400,)),), (1, 9))

    assert highest_cell(grid, wide=False) > WHOLE_ROW >= highest_cell(ledger(), wide=True)


@given(
    st.lists(
        st.tuples(*[st.text(max_size=80)] * 4).map(lambda row: tuple((cell,) for cell in row)),
        max_size=6,
    ),
    st.booleans(),
)
def test_whatever_stands_in_it_a_table_is_as_wide_as_the_text(rows, wide):
    widths = column_widths(Grid(("甲", "乙", "丙", "丁"), tuple(rows), (1, 2, 3, 4)), wide=wide)

    assert sum(widths) == (ACROSS if wide else ALONG)
    assert min(widths) > 200
