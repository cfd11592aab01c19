"""What a Word file of raw XML is read as, with the law at the door held for each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.plan.reading.text.document import MISSING, Document
from tasks.documents.pages import letters_of
from tasks.documents.reading import read_document
from tests.support.word_packages import write_package
from tests.tasks.documents.conftest import law_fault


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Document]:
    """Write a file of this body and read it; nothing of it may be lost."""

    def read_body(body: str, **said: Any) -> Document:
        path = write_package(tmp_path / "方案.docx", body, **said)
        document = read_document(path)
        assert law_fault(path, document) == ""
        assert [n for n in document.not_read if n.why == MISSING] == []
        assert all(n.letters for n in document.not_read)
        return document

    return read_body


def lines_of(document: Document) -> list[str]:
    """Return the lines that hold something, a row of a table as a|b."""
    texts = ["|".join(line.cells) or line.text for line in document.lines]
    return [text for text in texts if text.strip()]


def named(document: Document) -> list[tuple[str, str]]:
    """Return what was left out, and why."""
    return [(each.why, letters_of(each.words)) for each in document.not_read]
