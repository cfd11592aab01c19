"""The number at the head of an item: its kind, its value and how it is printed."""

import pytest

from models.plan.reading.outline.markers import (
    MARKERS,
    code_of,
    count_of,
    number_alone,
    numbered,
    read_marker,
)
from models.plan.reading.text.joining import opens_paragraph

SAMPLES = [
    ("第一部分：总体要求", "part", 1, "第一部分："),
    ("第二节总体要求", "subpart", 2, "第二节"),
    ("II、总体要求", "roman", 2, "II、"),
    ("乙、总体要求", "stem", 2, "乙、"),
    ("十二、总体要求", "chapter", 12, "十二、"),
    ("三：总体要求", "chapter", 3, "三："),
    ("第一阶段：部署", "stage", 1, "第一阶段："),
    ("阶段二：推进", "stage", 2, "阶段二："),
    ("行动三：攻坚", "action", 3, "行动三："),
    ("第一，总体目标。", "ordinal", 1, "第一，"),
    ("（二）加强检查", "section", 2, "（二）"),
    ("第十条加强检查", "article", 10, "第十条"),
    ("1总体目标", "number", 1, "1"),
    ("1.2.3加强检查", "decimal3", 3, "1.2.3"),
    ("1.2加强检查", "decimal2", 2, "1.2"),
    ("12、加强检查", "item", 12, "12、"),
    ("1.2025年3月底前完成", "item", 1, "1."),
    ("（3）加强检查", "sub", 3, "（3）"),
    ("4）加强检查", "half", 4, "4）"),
    ("③加强检查", "circle", 3, "③"),
    ("B.加强检查", "letter", 2, "B."),
    ("—（一）加强检查", "section", 1, "（一）"),  # behind a dash
]


@pytest.mark.parametrize(("text", "kind", "number", "printed"), SAMPLES)
def test_a_number_is_read_with_its_kind(text, kind, number, printed):
    marker = read_marker(text)

    assert (marker.kind, marker.number, marker.printed) == (kind, number, printed)
    assert opens_paragraph(text)


@pytest.mark.parametrize(
    "text", ["2025年3月底前完成", "3.5%以上", "各单位要加强检查", "1.2万人", ""]
)
def test_what_is_no_number_of_an_item_is_none(text):
    assert read_marker(text) is None
    assert not opens_paragraph(text)


def test_every_kind_has_its_sample():
    assert {kind for kind, _ in MARKERS} == {kind for _, kind, _, _ in SAMPLES}


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("一、 政府 职能", 1, "政府职能"),
        ("1按时办结率", 1, "按时办结率"),  # no mark behind it
        ("3“一网通办”", 3, "“一网通办”"),
        ("30分钟内办结，无超期", None, "30分钟内办结，无超期"),
        ("依法决策", None, "依法决策"),
    ],
)
def test_words_are_parted_from_the_number_before_them(text, number, rest):
    marker, behind = numbered(text)

    assert (marker.number if marker else None, behind) == (number, rest)


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("3.", 3), ("三", 3), ("（二）", 2), ("1.1", None), ("20245", None), ("", None)],
)
def test_a_number_may_stand_alone(text, number):
    alone = number_alone(text)

    assert (alone.number if alone else None) == number


@pytest.mark.parametrize(
    ("printed", "number"), [("三", 3), ("（二）", 2), ("1.1.4", 4), ("第十条", 10), ("甲乙丙", 0)]
)
def test_a_printed_number_counts(printed, number):
    assert count_of(printed) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [("1.1.2", "1.1.2"), ("1-2", "1.2"), ("3．", "3"), ("12", "12"), ("1.2万", ""), ("", "")],
)
def test_a_code_is_numbers_with_points(text, code):
    assert code_of(text) == code
