"""What a user reads has the marks of Chinese text: full width beside Chinese characters."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT

HAN = "\u3007\u4e00-\u9fff"
# A half-width mark that touches a Chinese character, a closing quote or bracket, with no blank after it (a
# colon also with one); a semicolon between figures; a bracket that was opened in full width.
HALF = re.compile(
    rf"[{HAN}”》）】][,;!?(](?![ /])|[{HAN}”》）】]:(?!/)|[,;:!?)][{HAN}“《（]|[(][{HAN}]|\d;\d|（[^（）()]*\)"
)
# What is no sentence: addresses, options, the places of a document, words of other programs.
NOT_WORDS = re.compile(
    r"`[^`]*`|\w+://[^\s（）()]*|\{\{.*?\}\}|\{%.*?%\}|\]\([^)]*\)|hmac_sha256\(.*?\)", re.S
)
ROOMS = ("deployments", "flows", "tasks", "notifications", "models")
# Patterns that read documents as they come, with any mark in them, and the texts of SQL.
READERS = (
    "models/plan/",
    "models/rules/calendar/arrangement_text.py",
    "models/rules/evidence/secrecy.py",
    "models/migrations/",
    "models/papers/relief.py",
    "models/schema.py",
)


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each text of a module that may be shown, with its line; no pattern, no English docstring."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            if (
                len(re.findall(f"[{HAN}]", text)) * 4 >= len(re.sub(r"\s", "", text))
                and "[" not in text
                and "(?" not in text
            ):
                yield node.lineno, text


@pytest.mark.parametrize("room", ROOMS)
def test_marks_beside_chinese_characters_are_full_width(room):
    files = [
        p
        for p in sorted((ROOT / room).rglob("*.py"))
        if not str(p.relative_to(ROOT)).startswith(READERS)
    ]
    found = [
        f"{path.relative_to(ROOT)}:{line} {text[:60]!r}"
        for path in files
        for line, text in sentences(path)
        if HALF.search(NOT_WORDS.sub("", text))
    ]

    assert files
    assert found == []


def test_templates_too():
    found = [
        f"{path.relative_to(ROOT)}:{line} {text[:60]!r}"
        for path in sorted((ROOT / "notifications" / "templates").rglob("*.j2"))
        for line, text in enumerate(path.read_text().splitlines(), start=1)
        if HALF.search(NOT_WORDS.sub("", text))
    ]

    assert found == []


@pytest.mark.parametrize("other", ["载入", "加载", "导入"])
def test_what_is_taken_in_is_called_one_thing(other):
    """装入, as the commands, the record and the forms say."""
    files = [*(ROOT / "notifications" / "templates").rglob("*.j2"), ROOT / "README.md"]
    files += (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))

    assert [str(path.relative_to(ROOT)) for path in files if other in path.read_text()] == []
