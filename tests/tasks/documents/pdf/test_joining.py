"""Tables that go on over pages, and rows that the end of a page cuts."""

import pytest

from tasks.documents.pdf.joining import Leaf, Words, joined
from tasks.documents.pdf.tables import Table

HEAD = ["序号", "任务", "责任单位", "时限"]
XS = (70.0, 110.0, 250.0, 370.0, 480.0)
ONE = ["1", "梳理执法事项", "市司法局", "2026年3月底前"]
TWO = ["2", "开展案卷评查", "市城管局", "2026年6月底前"]
THREE = ["3", "公开执法结果", "市大数据局", "2026年9月底前"]
FULL, SHORT = (True,) * 4, (False,) * 4


def table(*rows, xs=XS, full=FULL, **more) -> Table:
    held = [list(row) for row in rows]
    return Table(100, 700, xs[0], xs[-1], held, set(), xs=xs, full=full, **more)


def read(*pages) -> list[list[list[str]]]:
    """Return the rows of each table, over all pages; a page is a list of lines and tables."""
    found: list[list[list[str]]] = []
    for leaf in joined(Leaf(list(page)) for page in pages):
        first = True
        for piece in leaf.pieces:
            if isinstance(piece, Words):
                continue
            if first and leaf.continued and found:
                found[-1] += piece.rows
            else:
                found.append(list(piece.rows))
            first = False
    return found


def foot(number: int) -> Words:
    return Words(f"— {number} —", 0.95)


def test_a_table_over_two_pages_is_one_with_its_head_repeated_or_not():
    assert read([table(HEAD, ONE)], [table(TWO, THREE)]) == [[HEAD, ONE, TWO, THREE]]
    assert read([table(HEAD, ONE)], [table(HEAD, TWO)]) == [[HEAD, ONE, HEAD, TWO]]


def test_a_last_row_alone_on_the_next_page_is_a_row_of_the_table():
    assert read([table(HEAD, ONE, TWO)], [table(THREE)]) == [[HEAD, ONE, TWO, THREE]]
    assert read([table(HEAD, ONE, TWO)], [table(HEAD, THREE)]) == [[HEAD, ONE, TWO, HEAD, THREE]]


def test_a_head_alone_at_the_end_of_a_page_is_the_head_of_the_next():
    assert read([table(HEAD)], [table(ONE, TWO)]) == [[HEAD, ONE, TWO]]


# The last row of a page, the first of the next, and the one row that both are; None where they are two.
CUTS = [
    (["2", "开展案卷评", "市城管局、市司", "2026年"], ["", "查", "法局", "6月底前"],
     ["2", "开展案卷评查", "市城管局、市司法局", "2026年6月底前"]),
    (["2", "开展案卷", "市城管局", "2026年6月底前"], ["", "评查", "", ""],
     ["2", "开展案卷评查", "市城管局", "2026年6月底前"]),
    (["2", "开展案卷评查", "市城管局", "2026年6月"], ["", "", "", "30日前"],
     ["2", "开展案卷评查", "市城管局", "2026年6月30日前"]),
    # the number stands in the middle of its row, on the second page
    (["", "开展案卷", "市城", "2026年"], ["2", "评查", "管局", "6月底前"],
     ["2", "开展案卷评查", "市城管局", "2026年6月底前"]),
    # the number after the next is not this row's
    (["", "开展案卷", "市城管局", "2026年"], ["3", "公开结果", "市大数据局", "6月底前"], None),
    (TWO, THREE, None),
    (["2", "开展案卷（", "市城管局", "2026年"], ["3", "公开）", "市大数据局", "6月底前"], None),
    (TWO, ["", "合计", "", ""], None),
    (TWO, ["二、执法监督"] * 4, None),
    (["一、执法规范"] * 4, ["", "评查", "", ""], None),
]  # fmt: skip


@pytest.mark.parametrize("repeated", [False, True])
@pytest.mark.parametrize(("last", "first", "one"), CUTS)
def test_a_row_cut_by_the_end_of_a_page_is_one_row_and_two_rows_stay_two(
    last, first, one, repeated
):
    after = ["4", "总结", "市司法局", "2026年12月"]
    head = [HEAD] if repeated else []

    [rows] = read([table(HEAD, ONE, last), foot(1)], [table(*head, first, after), foot(2)])

    assert rows == [HEAD, ONE, *([one] if one else [last]), *head, *([] if one else [first]), after]


def test_a_whole_row_without_a_number_is_a_row():
    bare = ["", "公开执法结果", "市大数据局", "2026年9月底前"]

    assert read([table(HEAD, ONE, TWO, full=SHORT)], [table(bare)]) == [[HEAD, ONE, TWO, bare]]


def test_a_row_over_three_pages_is_one_row():
    parts = [
        ["2", "开展案卷", "市城管局", "2026年"],
        ["", "评查，每", "", "6月"],
        ["", "年一次", "", "底前"],
    ]

    [rows] = read(
        [table(HEAD, ONE, parts[0]), foot(1)], [table(parts[1]), foot(2)], [table(parts[2], THREE)]
    )

    assert rows == [HEAD, ONE, ["2", "开展案卷评查，每年一次", "市城管局", "2026年6月底前"], THREE]


def test_names_on_lines_of_their_own_stay_names_over_a_page():
    [rows] = read(
        [table(HEAD, ONE, ["2", "评查", "市城管局", "2026年"], full=SHORT)],
        [table(["", "", "公安局", ""], THREE)],
    )

    assert rows[2] == ["2", "评查", "市城管局\n公安局", "2026年"]


# Tables without a column of numbers.
PLAIN_HEAD = ["任务", "责任单位", "配合单位", "时限"]
PLAIN = [
    ["梳理事项", "市司法局", "市财政局", "3月"],
    ["开展评查", "市城管局", "市财政局", "6月"],
    ["公开结果", "市大数据局", "市财政局", "9月"],
]
REST = [
    (["开展案卷", "市城管局", "市财政局", "6月"], ["评查", "", "", ""], True),
    (["开展案卷", "市城管局、", "市财政局", "6月"], ["评查", "市公安局", "", ""], True),
    (["开展评查（每", "市城管局", "市财政局", "6月"], ["年一次）", "", "", ""], True),
    (["开展评查", "市城管局", "市财政局", "2026年"], ["", "", "", "6月底前"], True),
    (
        ["开展评查", "市城管局", "市财政局", "6月"],
        ["公开结果", "市大数据局", "市财政局", "9月"],
        False,
    ),
    # the name of a group may stand on the page before: only where the first cells repeat
    (["开展评查", "市城管局", "市财政局", "6月"], ["", "市大数据局", "市财政局", "9月"], True),
]


@pytest.mark.parametrize(("last", "first", "cut"), REST)
def test_a_row_without_number_goes_on_where_its_cells_say_so(last, first, cut):
    [rows] = read([table(PLAIN_HEAD, *PLAIN[:2], last)], [table(first, PLAIN[2])])

    assert len(rows) == (5 if cut else 6)


def test_the_name_of_a_group_of_rows_holds_on_the_next_page():
    head = ["类别", "任务", "责任单位", "时限"]
    rows = [["规范执法", f"任务{n}", "市司法局", "6月"] for n in range(3)]
    above = table(head, *rows, spans=frozenset({0}))

    [found] = read(
        [above], [table(["", "任务4", "市城管局", "9月"], ["监督", "任务5", "市财政局", "9月"])]
    )

    assert found[4] == ["规范执法", "任务4", "市城管局", "9月"]
    assert found[5][0] == "监督"


# What stands between two parts of a table, and whether they are one table.
BETWEEN = [
    ([foot(1)], [], True),
    ([foot(1)], [Words("芦汀县人民政府公报", 0.04)], True),
    ([Words("第 3 页 共 9 页", 0.9)], [Words("续表", 0.12)], True),
    ([], [Words("附件1（续）", 0.12)], True),
    ([Words("以上任务按月通报。", 0.7)], [], False),
    ([], [Words("附件2", 0.12)], False),
    ([], [Words("附件2", 0.05)], False),
    ([], [Words("表2 指标分解表", 0.12)], False),
    ([], [Words("二、时间安排", 0.12)], False),
]


@pytest.mark.parametrize(("behind", "before", "one"), BETWEEN)
def test_page_numbers_and_running_heads_part_no_table_and_text_does(behind, before, one):
    found = read([table(HEAD, ONE), *behind], [*before, table(TWO)])

    assert found == ([[HEAD, ONE, TWO]] if one else [[HEAD, ONE], [TWO]])


def test_a_running_head_within_the_text_is_known_by_its_repetition():
    line = Words("芦汀县法治政府建设任务分解表", 0.12)

    assert len(read([line, table(HEAD, ONE)], [line, table(TWO)])) == 1


@pytest.mark.parametrize(
    ("xs", "one"),
    [
        (tuple(x + 40 for x in XS), True),  # the inner margin changes sides
        (tuple(x + 4 for x in XS), True),
        ((70, 110, 250, 390, 480), False),
        ((70, 110, 250, 480), True),  # its rows have no use for the third border
        ((70, 110, 250, 370, 520), False),
    ],
)
def test_only_a_table_with_the_same_columns_goes_on(xs, one):
    rows = [TWO[: len(xs) - 1]] * 2

    assert (
        len(read([table(HEAD, ONE)], [table(*rows, xs=xs, full=FULL[: len(xs) - 1])])) == 1
    ) is one


def test_a_page_whose_cells_all_span_columns_has_the_columns_of_the_table():
    below = table(["二、监督"], xs=(70, 480), full=(True,))

    assert read([table(HEAD, ONE)], [below]) == [[HEAD, ONE, ["二、监督"] * 4]]
    assert below.again == ["二、监督"] * 3


def test_the_missing_rule_at_the_end_of_a_page_tells_that_a_row_goes_on():
    last = ["开展评查", "市城管局", "市财政局", "6月"]
    first = ["并通报", "市委", "市委", "前"]

    above = table(PLAIN_HEAD, *PLAIN[:2], last, open_bottom=True)
    [rows] = read([above], [table(first, PLAIN[2], open_top=True)])

    assert len(rows) == 5


def test_letters_of_a_joined_row_are_borrowed_once_and_lent_once():
    pages = [
        Leaf([table(HEAD, ONE, ["2", "开展", "市城管局", "2026年"])]),
        Leaf([table(["", "评查", "", "6月"], THREE)]),
    ]

    first, second = joined(pages)

    assert first.borrowed == second.lent == ["", "评查", "", "6月"]
    assert second.continued


def test_no_more_than_the_open_table_is_held_back():
    seen = []

    def pages():
        for number in range(6):
            seen.append(number)
            yield Leaf([Words(f"第{number}章", 0.5)] if number != 2 else [table(HEAD, ONE)])

    at = [(len(seen), leaf) for leaf in joined(pages())]

    assert [count for count, _ in at] == [1, 2, 4, 4, 5, 6]


def test_numbers_behind_the_name_of_a_group_keep_rows_apart():
    head = ["类别", "序号", "任务", "责任单位"]
    rows = [["监督", str(n), f"任务{n}", "市司法局"] for n in (1, 2, 3)]
    above = table(head, *rows, spans=frozenset({0}))

    [found] = read([above], [table(["", "4", "任务4", "市城管局"], ["", "5", "任务5", "市财政局"])])

    assert [row[:2] for row in found[4:]] == [["监督", "4"], ["监督", "5"]]


def test_the_name_of_a_group_holds_behind_the_rest_of_a_row_too():
    head = ["类别", "序号", "任务", "责任单位"]
    rows = [["监督", str(n), f"任务{n}", "市司法局"] for n in (1, 2, 3)]
    above = table(head, *rows, spans=frozenset({0}))

    [found] = read([above], [table(["", "", "的后半", ""], ["", "4", "任务4", "市财政局"])])

    assert found[3:] == [
        ["监督", "3", "任务3的后半", "市司法局"],
        ["监督", "4", "任务4", "市财政局"],
    ]


def test_lines_over_a_row_of_the_next_page_that_no_rule_parts_are_doubted():
    def leaf(*rows, full=False):
        table = Table(60, 700, 70, 470, [list(row) for row in rows], set())
        table.xs, table.full, table.lined = (70, 110, 300, 470), (full,) * 3, False
        return Leaf([table])

    first = leaf(("序号", "任务", "单位"), ("1", "甲", "乙局"), ("2", "丙", "丁局"), full=True)
    second = leaf(("", "推进监管系统", "市政务"), ("3", "应用", "服务局"))

    pages = list(joined([first, second]))

    assert pages[1].unsure == ["3 应用 服务局"]
