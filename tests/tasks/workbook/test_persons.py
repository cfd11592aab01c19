"""Names of persons and telephone numbers in cells for posts. The names are letters that nobody bears."""

import pytest

from tasks.workbook.persons import person_in_post


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("王甲乙", "市长"),
        ("王甲", "市长"),
        ("王甲乙市长", "市长"),
        ("副市长王甲乙", "副市长"),
        ("副市长 王甲乙", "副市长"),
        ("副市长\u3000王　甲", "副市长"),
        ("王甲乙（常务副市长）", "常务副市长"),
        ("王甲乙 法制科科长", "法制科科长"),
        ("市司法局联络员 王甲", "市司法局联络员"),
        ("王局长", "局长"),
        ("欧阳甲局长", "局长"),
        ("王甲乙同志", "市长"),
        ("王×× 局长", "局长"),
        ("局长 13800000000", "局长"),
        ("局长13800000000", "局长"),
        ("局长 65660000", "局长"),
        ("局长（电话：65660000）", "市长"),
    ],
)
def test_a_person_in_a_cell_for_a_post_is_told_with_what_to_write(typed, instead):
    told = person_in_post(typed)

    assert told == f"“{typed}”里像是有姓名或电话，请只写职务，如“{instead}”"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "市长",
        "市 长",
        "某某市长",
        "市委书记、市长",
        "市委副书记，常务副市长",
        "联络员（二）",
        "县司法局 局长",
        "高明区区长",
        "城关镇党委书记",
        "安全生产办主任",
        "干事",
        "一级调研员",
    ],
)
def test_a_post_alone_is_one(typed):
    assert person_in_post(typed) == ""
