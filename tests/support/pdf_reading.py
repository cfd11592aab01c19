"""Reads a PDF that a test draws, and holds it to the law letter by letter."""

from collections.abc import Callable
from pathlib import Path

from models.plan.reading.text.document import Document
from tasks.documents.reading import read_document
from tests.support.letter_count import lost, pdf_letters, plain
from tests.support.pdf_drawing import Pen, pdf


def read_drawn(folder: Path, *draw: Callable[[Pen], None]) -> Document:
    """Return the document with a page by each of ``draw``; every letter of it is read or named."""
    path = folder / "方案.pdf"
    path.write_bytes(pdf(*draw))
    document = read_document(path)
    assert lost(document, plain(pdf_letters(path.read_bytes()))) == 0
    return document
