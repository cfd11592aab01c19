"""What a score may be, read as offices write it."""

from decimal import Decimal

import pytest

from models.rules.figures.points import (
    after_deductions,
    deduction_fault,
    part_follows_score,
    points_of,
    verdict_of,
    worth_fault,
)

WORTH = Decimal("2.5")


@pytest.mark.parametrize(
    ("written", "possible", "points"),
    [
        ("2.5", WORTH, "2.5"),
        ("２．５分", WORTH, "2.5"),
        (2.5, WORTH, "2.5"),
        (0, WORTH, "0"),
        ("达到", None, "1"),
        ("基本达到", None, "0.5"),
        ("未达标", None, "0"),
        ("1", None, "1"),
        (0.5, None, "0.5"),
    ],
)
def test_a_score_is_read_as_it_is_written(written, possible, points):
    assert points_of(written, possible) == Decimal(points)


@pytest.mark.parametrize(
    ("written", "possible", "words"),
    [
        ("2.6", WORTH, "高于分值 2.5 分"),
        ("-1", WORTH, "应为 0 到 2.5 的数"),
        ("达到", WORTH, "应为 0 到 2.5 的数"),  # with points it takes points
        ("1e3", WORTH, "应为"),
        ("nan", WORTH, "应为"),
        ("9" * 5_000, WORTH, "应为"),
        ("90", None, "这项指标没有分值"),
        ("", None, "这项指标没有分值"),
    ],
)
def test_what_is_no_score_is_refused_with_what_was_expected(written, possible, words):
    with pytest.raises(ValueError, match=words):
        points_of(written, possible)


@pytest.mark.parametrize(
    ("floor", "taken", "left"),
    [
        ("0", [], "2.5"),
        ("0", [1], "1.5"),
        ("0", [1, 1, 1], "0"),
        ("0.5", [9], "0.5"),
        ("0", [0.1, 0.2], "2.2"),
    ],
)
def test_deductions_end_at_the_floor_and_add_up_exactly(floor, taken, left):
    assert after_deductions(WORTH, Decimal(floor), taken) == Decimal(left)


@pytest.mark.parametrize(
    ("points", "floor", "words"),
    [
        ("0", "0", "应为大于 0"),
        ("10001", "0", "应为大于 0"),
        ("0.125", "0", "最多 2 位小数"),
        ("2", "2", "最低分写的是 2"),
        ("2", "-1", "最低分写的是 -1"),
        ("2", "0.5", ""),
    ],
)
def test_what_an_indicator_is_worth_has_bounds(points, floor, words):
    found = worth_fault(Decimal(points), Decimal(floor))

    assert words in found if words else not found


def test_a_deduction_needs_points_to_take_from_and_a_reason():
    assert "没有分值" in deduction_fault(Decimal(1), "缺少印发件", None)
    assert "没有写理由" in deduction_fault(Decimal(1), " ", WORTH)
    assert deduction_fault(Decimal("0.5"), "缺少印发件", WORTH) == ""


@pytest.mark.parametrize(
    ("own", "former", "follows"),
    [(None, None, True), (2, 2, True), (1, 2, False), (1, None, False)],
)
def test_a_part_follows_unless_its_unit_spoke_for_itself(own, former, follows):
    assert part_follows_score(own, former) is follows


def test_the_score_of_an_indicator_without_points_is_a_word():
    assert [verdict_of(Decimal(n)) for n in ("1", "0.5", "0")] == ["达到", "基本达到", "没有达到"]
