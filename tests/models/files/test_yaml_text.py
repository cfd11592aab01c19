"""YAML of ours says what it means in the place where it stands; anything else is refused by its line."""

from datetime import date

import pytest

from models.files import yaml_text
from models.files.yaml_text import YamlFault, load


def lines(text: str) -> list[str]:
    with pytest.raises(YamlFault) as caught:
        load(text)
    return caught.value.lines


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: *x\n", 2, "引用了别处"),
        ("a: &x 1\n", 1, "记号"),
        ("a: &x [1]\n", 1, "记号"),
        ("a: 1\n<<: {b: 2}\n", 2, "并入"),
        ("a: 1\nb:\n  <<: {c: 2}\n", 3, "并入"),
        ("a: !set {b}\n", 1, "类型"),
        ("a: ! 2025\n", 1, "类型"),
        ("a: !!python/name:int x\n", 1, "类型"),
        ("a: !!binary eA==\n", 1, "类型"),
        ("a: !!timestamp x\n", 1, "不是日历上的日期"),
        ("a: 1\nb: 2\na: 3\n", 3, "第 1 行已经写过"),
        ("{a: 1, a: 2}\n", 1, "第 1 行已经写过"),
        ("? [a]\n: b\n", 1, "应是一个名称"),
        ("a: 1\n---\nb: 2\n", 2, "另一份"),
        ("a: 1\nb: [\n", 3, "不是正确的 YAML"),
        ("a: 1\n\tb: 2\n", 2, "不是正确的 YAML"),
        ("a: 1\nb: x\x07y\n", 2, "控制字符"),
        ('a: 1\nb: "x\\u0007y"\n', 2, "控制字符"),
        ('a: 1\nb: "x\\0y"\n', 2, "控制字符"),
        ('a: "\\ud83d"\n', 1, "控制字符"),  # half an emoji
        ("a: \ud83d\n", 1, "控制字符"),
        ("a: 2025-02-30\n", 1, "不是日历上的日期"),
        ("a: 1989-12-31\n", 1, "1990 至 2099"),
        ("a: 2100-01-01\n", 1, "1990 至 2099"),
        ("a: 0001-01-01\n", 1, "1990 至 2099"),
        ("a: 9999-12-31 23:59:59\n", 1, "1990 至 2099"),
        ("a: .nan\n", 1, "不是一个数"),
        ("a: 1.0e+999\n", 1, "不是一个数"),
        (f"a: {'9' * 41}\n", 1, "太长"),
    ],
)
def test_what_our_files_never_need_is_refused_with_its_line(text, line, words):
    [fault] = lines(text)

    assert fault.startswith(f"第 {line} 行：")
    assert words in fault


def test_every_fault_is_told_at_once_in_the_order_of_the_file():
    faults = lines("a: &x 1\nb: *x\nc: !t 2\nc: 3\n")

    assert [fault.partition("：")[0] for fault in faults] == [
        "第 1 行",
        "第 2 行",
        "第 3 行",
        "第 4 行",
    ]


def test_a_file_of_another_kind_is_not_told_line_by_line_for_ever():
    assert len(lines("a: [" + "*x, " * 500 + "1]")) == yaml_text.MOST_FAULTS


def test_no_fault_quotes_the_file():
    for fault in lines("wecomrobot://secret: 1\nwecomrobot://secret: &secret 2\nx: !secret y\n"):
        assert "secret" not in fault


def test_nesting_ends_at_its_bound():
    assert yaml_text.compose("[[[1]]]", deepest=3) is not None
    with pytest.raises(YamlFault, match="超过 3 层"):
        yaml_text.compose("[[[[1]]]]", deepest=3)
    with pytest.raises(YamlFault, match="超过 3 层"):
        yaml_text.compose("- - - {a: 1}", deepest=3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", None),
        ("# nothing\n", None),
        ("a: 1990-01-01\nb: 2099-12-31\n", {"a": date(1990, 1, 1), "b": date(2099, 12, 31)}),
        ("a: =\nb: <<\n'<<': c\n", {"a": "=", "b": "<<", "<<": "c"}),  # only text
        ('{"a": "\\ud83d\\ude00"}', {"a": "\U0001f600"}),  # an emoji as JSON escapes it
        ("a: !!str 2025\n", {"a": "2025"}),
        ("a: |\n  一\n  二\n", {"a": "一\n二\n"}),
        ("---\na: 9" + "9" * 39 + "\n...\n", {"a": int("9" * 40)}),
    ],
)
def test_what_is_plain_is_taken_as_it_stands(text, said):
    assert load(text) == said
