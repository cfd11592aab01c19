"""Ledgers that a clerk sorted, copied, cut or put together: taken whole, or returned in one clear line."""

import zipfile

import pytest

from models.rules.evidence.words import Reception
from tests.tasks.ledgers.test_taking import entries, fill, registered

KEPT = "_台账标识"


def turned_over(book):
    """Turn the rows of the list over, as a clerk who sorts it does."""
    page = book["台账"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    for number, row in enumerate(reversed(rows), 4):
        for column, value in enumerate(row, 1):
            page.cell(number, column).value = value


def test_rows_in_another_order_are_taken_for_what_they_speak_of(desk, campaign_id):
    def edit(book):
        fill("W6", "进行中")(book)
        turned_over(book)

    taken = desk.take(desk.filled(desk.send(), edit))

    assert "登记 1 处变化" in taken.lines[0]
    assert registered(campaign_id, "W6").state == "started"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda book: book["台账"].delete_cols(1), "缺少“编号”列"),
        (lambda book: book["台账"].delete_cols(2), "缺少“角色”列"),
    ],
)
def test_without_a_column_of_its_identity_a_ledger_is_refused_whole(desk, campaign_id, edit, said):
    def cut(book):
        fill("W6", "进行中")(book)
        edit(book)

    back, before = desk.filled(desk.send(), cut), entries()

    taken = desk.take(back)

    assert (taken.reception, len(taken.lines)) == (Reception.REFUSED, 1)
    assert said in taken.lines[0]
    assert (registered(campaign_id, "W6").state, entries()) == ("open", before)


def test_a_copy_of_a_sheet_that_says_the_same_is_taken_once(desk):
    def edit(book):
        fill("W6", "进行中")(book)
        book.copy_worksheet(book["台账"]).title = "台账 (2)"

    taken = desk.take(desk.filled(desk.send(), edit))

    assert "登记 1 处变化" in taken.lines[0]
    assert "注意：表“台账 (2)”与“台账”内容相同，只收一次" in taken.lines


def test_of_two_sheets_that_disagree_none_is_taken(desk, campaign_id):
    def edit(book):
        book.copy_worksheet(book["台账"]).title = "台账 (2)"
        fill("W6", "进行中")(book)

    taken = desk.take(desk.filled(desk.send(), edit))

    assert taken.reception is Reception.REFUSED
    assert taken.lines == (
        "“台账”“台账 (2)”都是“台账”表，内容却不同，看不出收哪一张；请只留一张再试",
    )
    assert registered(campaign_id, "W6").state == "open"


def test_the_identity_of_a_second_ledger_in_one_workbook_is_named_and_not_taken(desk, campaign_id):
    def edit(book):
        fill("W6", "进行中")(book)
        second = book.copy_worksheet(book[KEPT])
        second.title = f"{KEPT}1"
        second["A1"] = str(second["A1"].value).replace("市司法局", "市公安局")

    taken = desk.take(desk.filled(desk.send(), edit))

    assert taken.unit == "市司法局"
    assert f"注意：表“{KEPT}1”没有收（1 行有内容）" in taken.lines
    assert registered(campaign_id, "W6").state == "started"


def test_a_ledger_of_another_campaign_is_refused_in_one_line(desk, campaign_id):
    def edit(book):
        fill("W6", "进行中")(book)
        kept = book[KEPT]["A1"]
        kept.value = str(kept.value).replace('"campaign": "jc"', '"campaign": "lin"')

    taken = desk.take(desk.filled(desk.send(), edit))

    assert (taken.reception, len(taken.lines)) == (Reception.REFUSED, 1)
    assert "没有简称为“lin”的创建活动" in taken.lines[0]
    assert registered(campaign_id, "W6").state == "open"


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl/vbaProject.bin", "注意：里面有宏，没有运行，也没有收"),
        (
            "xl/externalLinks/externalLink1.xml",
            "注意：有公式引用了别的文件，按表里现在显示的结果收",
        ),
    ],
)
def test_macros_and_links_to_other_files_are_named_and_the_rows_taken(
    desk, campaign_id, part, said
):
    back = desk.filled(desk.send(), fill("W6", "进行中"))
    with zipfile.ZipFile(back, "a") as parts:
        parts.writestr(part, "<x/>")

    taken = desk.take(back)

    assert said in taken.lines
    assert registered(campaign_id, "W6").state == "started"


@pytest.mark.parametrize("name", ["Sheet1", "本单位台账(2)", "副本", "台账 - 副本"])
def test_a_sheet_of_another_name_is_taken_and_its_sender_told(desk, campaign_id, name):
    def edit(book):
        fill("W6", "进行中")(book)
        book["台账"].title = name

    taken = desk.take(desk.filled(desk.send(), edit))

    assert registered(campaign_id, "W6").state == "started"
    assert f"注意：表“{name}”作为“台账”表收了" in taken.lines
    assert taken.unsure


def test_a_renamed_sheet_beside_an_untouched_copy_is_asked_about(desk, campaign_id):
    def edit(book):
        copy = book.copy_worksheet(book["台账"])
        fill("W6", "进行中")(book)
        book["台账"].title = "本单位台账(2)"
        copy.title = "台账"

    taken = desk.take(desk.filled(desk.send(), edit))

    assert taken.reception is Reception.REFUSED
    assert taken.lines == (
        "“台账”“本单位台账(2)”都是“台账”表，内容却不同，看不出收哪一张；请只留一张再试",
    )
    assert registered(campaign_id, "W6").state == "open"
