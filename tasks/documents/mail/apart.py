"""Take a letter apart in the guarded child: what is attached to it, and its own words."""

import email
from collections.abc import Iterator
from email.message import Message
from typing import Any

from tasks.documents.decoding import decode
from tasks.documents.faults import DocumentError
from tasks.intake.mailbox.apart import parts
from tasks.intake.mailbox.winmail import attached_to_msg, is_msg

MOST_PARTS = 200
LONGEST = 2_000_000  # bytes of one text of a letter


def letter_parts(content: bytes) -> Iterator[tuple[Any, ...]]:
    """Yield ("file", name, bytes) of each attachment, ("note", words) of what could not be taken out, and

    ("page", bytes) or ("words", text) of the letter itself. Forwarded letters are opened too.
    """
    if is_msg("a.msg", content):
        for name, held in attached_to_msg(content):
            yield "file", name, held
        return
    yield from (found for found in parts(content) if found[0] in ("file", "note"))
    yield from _own_words(email.message_from_bytes(content))


def _own_words(letter: Message) -> Iterator[tuple[Any, ...]]:
    """Yield the letter's text, or its page where it has no text besides."""
    texts: list[tuple[bytes, Message]] = []
    pages: list[tuple[bytes, Message]] = []
    for number, part in enumerate(letter.walk()):
        if number >= MOST_PARTS:
            break
        kind = part.get_content_type()
        if part.get_filename() or kind not in ("text/plain", "text/html"):
            continue
        raw = part.get_payload(decode=True)
        if isinstance(raw, bytes) and raw.strip():
            (texts if kind == "text/plain" else pages).append((raw[:LONGEST], part))
    if texts:
        yield "words", "\n".join(_text(raw, part) for raw, part in texts)
    else:
        yield from (("page", _text(raw, part).encode()) for raw, part in pages)


def _text(raw: bytes, part: Message) -> str:
    said = (part.get_content_charset() or "").lower()
    named = "gb18030" if said.startswith(("gb", "hz", "cp936")) else said
    try:
        return decode(raw, [named] if named else [])
    except DocumentError:
        return ""
