"""Identifiers that a clerk retyped or a spreadsheet changed: found where one can be meant, else returned."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ledgers.guessing.codes import RETYPED, TURNED, Codes, mended_demand, mended_piece
from tasks.workbook.mending import Mended
from tasks.workbook.opening import Broken
from tests.support.sheets import place
from tests.tasks.ledgers.test_taking import PIECES, SHEET, fill, registered

CODES = Codes(["W6", "1.1.2", "1.1", "1.10", "2.3", "01", "1-2", "3-4-5"])


@pytest.mark.parametrize(
    ("cell", "code", "how"),
    [
        ("'W6", "W6", RETYPED),
        ("’1.1.2", "1.1.2", RETYPED),
        ("1。1。2", "1.1.2", RETYPED),
        ("1.1.2.", "1.1.2", RETYPED),
        (2.3, "2.3", None),  # it shows what was sent
        (1.0, "01", TURNED),
        ("1", "01", RETYPED),
        (datetime(2025, 1, 2), "1-2", TURNED),  # noqa: DTZ001
        (date(2003, 4, 5), "3-4-5", TURNED),
        (date(2001, 1, 2), None, None),  # 1-2 of a year, or 1.1.2
        (1.1, None, None),  # 1.1 or 1.10
        (datetime(1900, 1, 2, 7, 12), "2.3", TURNED),  # noqa: DTZ001  # 2.3 shown as a day
    ],
)
def test_a_changed_code_is_the_one_it_can_be(cell, code, how):
    found = CODES.mended(cell)

    if code and how:
        assert found == Mended(code, how)
    elif code:
        assert found is None
    else:
        assert isinstance(found.cell, Broken)
        assert "可能是“1.1”或“1.10”" in found.cell.words or "“1-2”" in found.cell.words


@pytest.mark.parametrize(
    "cell", ["W6", "ｗ６", " w 6 ", "１．１．２", "W7", "", True, None, "W6、1.1"]
)
def test_a_code_that_says_itself_or_nothing_stands(cell):
    assert CODES.mended(cell) is None


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("'W6、1。1。2#2", "W6、1.1.2#2"),
        ("Ｗ６，1.1.2＃1", None),
        (2.3, None),
        ("W9", None),
    ],
)
def test_a_list_of_codes_is_mended_one_by_one(cell, found):
    said = CODES.mended_list(cell)

    assert (said.cell if said else None) == found


DEMANDS = ["1.1.2#1", "1.1.2#2", "2.3#1"]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("1.1.2#1", None),
        ("１．１．２＃２", None),
        ("1。1。2#2", Mended("1.1.2#2", RETYPED)),
        ("2.3", Mended("2.3#1", "")),
        (2.3, Mended("2.3#1", "")),
        ("9.9", None),
    ],
)
def test_a_demand_is_named_whole_or_is_the_only_one(cell, found):
    assert mended_demand(cell, CODES, DEMANDS) == found


def test_of_two_demands_none_is_taken_for_the_first():
    found = mended_demand("1.1.2", CODES, DEMANDS)

    assert "没有写是第几项要求；请照发出的填 1.1.2#1或1.1.2#2" in found.cell.words


@pytest.mark.parametrize(
    ("cell", "code"),
    [("ｅ０００３", "E0003"), ("'E0003", "E0003"), ("E0003", None), ("附件三", None), (3.0, None)],
)
def test_a_piece_is_known_in_full_width(cell, code):
    found = mended_piece(cell)

    assert (found.cell if found else None) == code


@given(st.one_of(st.text(), st.floats(), st.dates(), st.datetimes(), st.booleans(), st.none()))
def test_no_cell_is_taken_for_a_code_that_was_not_sent(cell):
    for found in (CODES.mended(cell), CODES.mended_list(cell)):
        assert found is None or isinstance(found.cell, str)


def test_retyped_codes_of_a_ledger_are_taken_and_said(desk, campaign_id):
    def edit(book):
        fill("W6", "进行中")(book)
        fill("W7", "进行中")(book)
        page = book[SHEET]
        place(page, "编号", 编号="W6").value = "'Ｗ６"
        place(page, "编号", 编号="W7").value = " ｗ 7 "

    taken = desk.take(desk.filled(desk.send(), edit))

    assert {registered(campaign_id, code).state for code in ("W6", "W7")} == {"started"}
    doubts = [line for line in taken.lines if line.startswith("请核对")]
    assert doubts == [f"请核对：表“台账”“编号”列{RETYPED}：第 7 行“'Ｗ６”认作 W6；不对的请改好再报"]


def test_evidence_under_a_retyped_code_is_handed_in(desk, tmp_path):
    (tmp_path / "通知.txt").write_text("关于培训的通知")

    def edit(book):
        for column, value in enumerate(("‘Ｗ６", "通知", "通知.txt", "2025-06-25"), 1):
            book[PIECES].cell(4, column).value = value

    taken = desk.take(desk.filled(desk.send(), edit), tmp_path / "通知.txt")

    assert "收下材料 1 份" in taken.lines[0]
    assert any("“‘Ｗ６”认作 W6" in line for line in taken.lines)
