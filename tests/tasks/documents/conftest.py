"""Holds every file that a test of this room reads to the law at the door, whatever else the test asks."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from models.plan.reading.text.document import Document
from tasks.documents import reading
from tests.support.letter_count import kind_by_bytes, letters_in, lost, not_found, twice

# What is counted. A reader that is not there yet would only hide the others' faults.
HELD = {"text", "html", "pdf", "docx", "mht", "wordml", "doc", "rtf", "odt"}


def law_fault(path: Path, document: Document) -> str:
    """Return how reading ``path`` broke the law; "" where it did not, or where nothing can be counted."""
    kind = kind_by_bytes(path.read_bytes(), path.suffix.lower())
    if kind not in HELD:
        return ""
    held = letters_in(path)
    if held is None:
        return ""
    faults = [
        *(
            [f"{number} letters in no line and not named"]
            if (number := lost(document, held, kind))
            else []
        ),
        *(f"named as lost: {left}" for left in not_found(document)),
        *(f"read twice: {line}" for line in twice(document, held)),
    ]
    return f"{path.name}: {'; '.join(faults)}" if faults else ""


@pytest.fixture
def letters_may_be_lost() -> None:
    """For a test whose file breaks the law on purpose, or whose parser is none of ours."""


@pytest.fixture(autouse=True)
def law(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `read_document`, where a test of this room calls it, fail on letters lost or read twice."""
    if "letters_may_be_lost" in request.fixturenames:
        return
    read: Callable[..., Document] = reading.read_document

    def held_to_the_law(path: Path, *more: Callable[[str], None]) -> Document:
        document = read(path, *more)
        as_written = replace(document, lines=document.written or document.lines)
        fault = law_fault(path, as_written) if path.is_file() else ""
        assert not fault, fault
        return document

    for name, module in list(sys.modules.items()):
        ours = name.startswith("tests.tasks.documents") and name != __name__
        if ours and getattr(module, "read_document", None) is read:
            monkeypatch.setattr(module, "read_document", held_to_the_law)
