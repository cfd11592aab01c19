"""Telephone numbers go, whatever they are printed like; what only looks like one stays."""

import pytest

from models.plan.reading.persons.telephones import without_telephones


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("孙丙 13800000000", "孙丙"),
        ("孙丙13800000000", "孙丙"),
        ("孙丙：138 0000 0000", "孙丙"),
        ("孙丙，138-0000-0000；", "孙丙；"),
        ("孙丙（13800000000）", "孙丙"),
        ("孙丙/13800000000；李丁/13900000000", "孙丙；李丁"),
        ("+86 13800000000", ""),
        ("手机：138****0000", "手机：略"),
        ("电话：１３８００００００００", "电话：略"),
        # With the code of a town.
        ("0379-65660000", ""),
        ("0379 65660000转801", ""),
        ("（0379）65660000", ""),
        ("010-65660000", ""),
        ("０３７９－６５６６００００", ""),
        # Without it, behind a label.
        ("电话65660000", "电话略"),
        ("联系电话：65660000、65660001", "联系电话：略"),
        ("电话：0379 - 65660000", "电话：略"),
        ("短号661234", "短号略"),
        ("电话：0379-65660000/65660001，传真：65660002", "电话：略，传真：略"),
    ],
)
def test_a_telephone_number_is_taken_out(text, kept):
    assert without_telephones(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "政发〔2026〕12号",
        "国办发〔2025〕13800000000号",
        "第13800000000条",
        "投入13800000000元",
        "投入13812345678.50元",
        "138亿元",
        "20260930前",
        "2026-09-30",
        "2026年9月30日至2027年3月1日",
        "2025-2027年",
        "统一社会信用代码91410300MA12345678",
        "办理1380000人次",
        "手机用户1000000户",
        "12345热线、110",
        "举报电话：12345",  # everybody's
        "编号2026-0379-0001",
        "65660000",  # nothing says what it counts
    ],
)
def test_numbers_of_another_kind_stay(text):
    assert without_telephones(text) == text
