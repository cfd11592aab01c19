"""Marks are found in one place: no rule spells a date, a number or the number of an item."""

import re

import pytest

from tests.models.plan.reading.test_one_lexicon import literals
from tests.places import ROOT

READING = ROOT / "models/plan/reading"
INDICATORS = ROOT / "models/indicators"
# Who finds marks: times; amounts and numerals; numbers of items; telephone numbers; and what all patterns are
# made of. The account finds marks of its own, so that it sees what these do not.
FINDERS = (
    *("dates", "accounting", "text/patterns.py", "text/amounts.py", "text/numerals.py"),
    *("text/first_letters.py", "outline/markers.py", "persons/telephones.py"),
)
RULES = sorted(
    path
    for path in (*READING.rglob("*.py"), *INDICATORS.rglob("*.py"))
    if not path.as_posix().startswith(tuple((READING / each).as_posix() for each in FINDERS))
)
# A class of figures, or one of the vocabulary's lists of numerals.
SPELLED = re.compile(r"\\d|0-9|19\|20|\{(?:一|〇|四|甲|①|罗马)\}")
# What says where a rule may not begin or end, or what it passes over, finds no mark.
_PASSED_OVER = re.compile(
    r"\(\?<?!(?:[^()\[\]\\]|\\.|\[(?:[^\]\\]|\\.)*\])*\)|\[\^(?:[^\]\\]|\\.)*\]"
)


def spelled(text: str) -> list[str]:
    """Return the classes of numerals that a pattern spells where it finds something."""
    return SPELLED.findall(_PASSED_OVER.sub("", text))


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_rule_names_marks_and_spells_none(path):
    assert not [f"{line}: {text}" for line, text in literals(path) if spelled(text)]


@pytest.mark.parametrize(
    "text",
    [
        r"^\d{1,2}月",
        r"(?:19|20)\d\d年",
        "[0-9]{7}",
        "第{一}{1,3}期",
        "第?{四}季度",
        r"[\d万]+个",
        "{①}",
    ],
)
def test_a_mark_spelled_out_is_found(text):
    assert spelled(text)


@pytest.mark.parametrize(
    "text",
    [
        r"{某年}度",
        r"(?<!\d)第",
        r"[^，。；\d]{0,4}",
        "{N}个",
        r"^{题号}",
        r"完成(?![\d.])",
        "{某月}底",
    ],
)
def test_a_mark_by_name_is_none(text):
    assert not spelled(text)
