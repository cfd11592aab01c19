"""Patterns are looked for only where they can begin, and find the same."""

import re

import pytest

from models.plan.reading.text import first_letters
from models.plan.reading.text.first_letters import led
from models.plan.reading.text.patterns import _widen
from models.plan.vocabulary import in_force
from tests.places import DOCUMENTS

LINES = 60  # of a document that each pattern is looked for in


@pytest.mark.parametrize(
    ("expression", "letters"),
    [
        (
            r"(?:印发|下发|发布|公布)之日起{1,2}以?内",
            None,
        ),  # Python knows: each begins with a letter
        (r"(?:原则上)?(?:不得|不能|不应)(?:低于|少于)", r"(?=[原不])"),  # what may be missing
        (
            r"(?<![\d第])(?:一年|[二三]季度|\d{1,2}月)底前",
            r"(?=[一二三\d])",
        ),  # behind a look behind
        (r"[^，。；：（）\d]{2,10}阶段（(?:时间：)?", None),  # nearly any letter
        (r"(?:领导小组|办公室)?(?:在)?(?:市|县)?[，。；]?", None),  # may be empty
        (r"短的(?:词)?", None),
    ],
)
def test_a_pattern_is_looked_for_at_the_letters_it_can_begin_with(expression, letters):
    assert led(expression) == (f"{letters}(?:{expression})" if letters else expression)


def test_patterns_find_the_same_with_and_without_the_letters_ahead():
    words = in_force()
    lines = (DOCUMENTS / "01-fazhi-shifan-shishi.txt").read_text(encoding="utf-8").split("\n")
    for text in list(words.patterns):
        plain = _widen(text, words)
        if led(plain) == plain:
            continue
        slow, fast = re.compile(plain), re.compile(led(plain))
        for line in lines[:LINES]:
            found = [(each.span(), each.groups()) for each in slow.finditer(line)]

            assert [(each.span(), each.groups()) for each in fast.finditer(line)] == found, text


def test_a_python_whose_parser_is_elsewhere_reads_the_pattern_as_it_is(monkeypatch):
    monkeypatch.setattr(first_letters, "_PARSER", None)
    expression = r"(?:原则上)?(?:不得|不能|不应)(?:低于|少于)"

    assert led(expression) == expression
