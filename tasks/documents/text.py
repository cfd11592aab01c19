"""Read a text or Markdown file into a document."""

import re

from models.plan.reading.text.document import Document
from tasks.documents.decoding import decode
from tasks.documents.faults import DocumentError

MARKDOWN = re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?)|\*\*|__|(?<!\S)`|`(?!\S)", re.MULTILINE)
MARKDOWN_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)


def read_text(content: bytes, name: str) -> Document:
    """Return the lines of a text or Markdown file; the marks of Markdown headings are dropped."""
    try:
        text = decode(content)
    except DocumentError as error:
        raise DocumentError(f"“{name}”{error}") from None
    if name.lower().endswith(".md") or len(MARKDOWN_HEADING.findall(text[:200_000])) >= 2:
        text = MARKDOWN.sub("", text)
    return Document.from_text(text, name)
