"""Names typed into a cell of a list: parted where several are meant, and told where that is a guess."""

import pytest

from tasks.lists.names import key
from tasks.lists.typed_names import names_in
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

TWO = "表“单位”第 4 行“别名”列的“{}”按 2 个名称收了：{}"
ONE = "表“单位”第 4 行“别名”列的“{}”按一个名称收了；是几个名称的，请用顿号隔开"


def typed(cell, *known):
    book = Book("名册.xlsx", [])
    row = Row("单位", 4, {"别名": 0}, [cell], book.faults)
    return names_in(book, row, "别名", {key(name) for name in known}), book.notes()


@pytest.mark.parametrize(
    "cell",
    [
        "市发改委 市物价局",
        "市发改委　市物价局",
        "市发改委  /  市物价局",
        "市发改委/市物价局",
        "市发改委／市物价局",
        "市发改委和市物价局",
    ],
)
def test_two_names_parted_by_a_blank_or_a_slash_are_two_and_told(cell):
    names, notes = typed(cell)

    assert names == ["市发改委", "市物价局"]
    assert notes == [TWO.format(cell, "市发改委、市物价局")]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("市发改委、市物价局", ["市发改委", "市物价局"]),
        ("市发改委\n市物价局", ["市发改委", "市物价局"]),
        ("发改委; 物价局", ["发改委", "物价局"]),
        ("市 发 改 委", ["市发改委"]),
        ("市委宣传部（市新闻出版局、市版权局）", ["市委宣传部（市新闻出版局、市版权局）"]),
        ("各县（市、区）政府", ["各县（市、区）政府"]),
        ("市发展和改革委员会", ["市发展和改革委员会"]),
        ("市委（市政府办", ["市委（市政府办"]),  # a bracket that is never closed
        ("市司法局等", ["市司法局等"]),
        ("无", []),
        ("/", []),
        ("", []),
    ],
)
def test_names_that_leave_no_doubt_are_read_without_a_word(cell, names):
    assert typed(cell) == (names, [])


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("中国人民银行 某市分行", "中国人民银行某市分行"),
        ("某市 司法局", "某市司法局"),
        ("市公安局 交警支队", "市公安局交警支队"),
        ("政务热线 便民服务", "政务热线便民服务"),
        ("甲乙/丙丁", "甲乙/丙丁"),
    ],
)
def test_what_may_be_one_name_stays_one_and_is_told(cell, name):
    assert typed(cell) == ([name], [ONE.format(cell)])


def test_a_name_that_is_known_as_it_stands_is_never_parted():
    assert typed("市发改委/市物价局", "市发改委/市物价局") == (["市发改委/市物价局"], [])
