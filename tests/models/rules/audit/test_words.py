"""Entries of the audit in an office's words."""

import ast

import pytest

from models.rules.audit.words import DEEDS, FIELDS, deed_in_words, facts_in_words
from models.rules.decisions.answers import Answer
from tests.places import ROOT

WRITERS = {"note", "_note", "record", "Said", "move"}


def calls():
    """Yield every call in the code that writes an entry."""
    for room in ("models", "tasks"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" in path.parts or path.name in ("yaml_text.py", "review_reading.py"):
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
                    if name in WRITERS:
                        yield node


def keys_written():
    """Return every key that looks like a deed's among the words of those calls."""
    texts = [
        one.value
        for call in calls()
        for part in [*call.args, *(k.value for k in call.keywords if k.arg == "what")]
        for one in ([part] if isinstance(part, ast.Constant) else [])
        if isinstance(one.value, str) and one.value.isascii() and "-" in one.value
    ]
    return set(texts)


def test_every_deed_that_is_written_has_its_words():
    found = keys_written() | {f"decision-{answer}" for answer in Answer}

    assert len(found) > 20
    assert sorted(found - DEEDS.keys()) == []


def test_every_field_of_an_entry_has_its_word():
    found = {
        keyword.arg
        for call in calls()
        if (getattr(call.func, "attr", "") or getattr(call.func, "id", "")) in ("note", "_note")
        for keyword in call.keywords
        if keyword.arg
    }

    assert len(found) > 20
    assert sorted(found - FIELDS.keys()) == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("{}", ""),
        (
            '{"from":"active","to":"closed","name":"实施推进"}',
            "从：进行中；到：已结束；名称：实施推进",
        ),
        (
            '{"old":{"state":"open"},"new":{"state":"done","note":"done"}}',
            "原来：（状态：未开始）；现在：（状态：已完成；说明：done）",
        ),
        ('{"posts":["组长","分管领导"],"why":"","due":null}', "岗位：组长、分管领导"),
        ('{"of a later version":true}', "of a later version：是"),
        ("no JSON", ""),
    ],
)
def test_facts_are_said_in_words(facts, said):
    assert facts_in_words(facts) == said


def test_what_a_later_version_wrote_stands_as_it_is():
    assert deed_in_words("of-a-later-version") == "of-a-later-version"
