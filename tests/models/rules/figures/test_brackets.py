"""Points that offices write inside a text are found, and only ever asked about."""

from decimal import Decimal

import pytest

from models.rules.figures.brackets import (
    ends_at_nothing,
    floor_doubt,
    points_doubt,
    points_in,
    share_in,
)

TOTAL = Decimal(100)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("领导班子建设（15分）", ["15"]),  # in the head
        ("1）有制度…（1.5分）【提供材料部门：党办】 2）有台账…（3 分）", ["1.5", "3"]),  # in items
        ("1.齐全（0.5分）。2.及时（０．５分）。", ["0.5", "0.5"]),  # part points of a method
        ("第八条 依法决策（满分12分）", ["12"]),
        ("【5分】公开", ["5"]),
        ("低于此每10个百分点扣1分，发生1起扣2分", []),  # what is taken off is no worth
        ("（三）十分重要", []),
        ("（15分钟内办结）", []),
        ("", []),
        ("（" * 60_000, []),
    ],
)
def test_points_in_brackets_are_found(text, points):
    assert points_in(text) == [Decimal(one) for one in points]


def test_a_share_of_the_total_is_found():
    assert share_in("一、政府职能（占总分值的15%）") == 15
    assert share_in("占比15%") is None


@pytest.mark.parametrize(
    ("title", "method", "points", "words"),
    [
        ("公开（3分）", "", "3", ""),
        ("公开（3分）", "", None, "指标内容里写有（3分），“分值”列是空的"),
        ("公开（3分）", "", "2", "指标内容里写有（3分），“分值”列是 2，请核对"),
        ("公开", "齐全（1分），及时（0.5分）", "1.5", ""),
        ("公开", "齐全（1分），及时（0.5分）", "2", "评分办法里写有（1＋0.5分），合计 1.5 分"),
        ("职能（占总分值的15%）", "", "15", ""),
        ("职能（占总分值的15%）", "", None, "写有“占总分值的15%”，即 15 分"),
        ("公开", "每起扣2分", None, ""),
    ],
)
def test_points_beside_the_column_are_asked_about(title, method, points, words):
    doubt = points_doubt(title, method, None if points is None else Decimal(points), TOTAL)

    assert doubt.startswith(words) if words else not doubt


@pytest.mark.parametrize("method", ["扣完为止", "不计负分", "扣完 为止", "最低得0分"])
def test_a_floor_that_the_method_contradicts_is_asked_about(method):
    assert ends_at_nothing(method)
    assert "最低分" in floor_doubt(method, Decimal("0.5"))
    assert floor_doubt(method, Decimal(0)) == ""
    assert floor_doubt("每起扣2分", Decimal("0.5")) == ""
