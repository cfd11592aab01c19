"""How sure the machine is of each line of a document that it recognised."""

from collections.abc import Sequence
from dataclasses import replace

from models.plan.reading.text.document import Document
from tasks.documents.letters import letters_of
from tasks.documents.scans.habits import put_right

Seen = tuple[float, str]  # how sure a line is, and its words
SHORTEST = 4  # letters by which a piece of a line is found again


def with_surety(document: Document, seen: Sequence[Sequence[Seen]]) -> Document:
    """Return ``document`` with each line's surety: the least of the lines on the picture that it is made of.

    ``seen`` has those of each page. One that is found nowhere, cut up between cells, counts for the whole page.
    """
    lines = list(document.lines)
    for number, on_page in enumerate(seen, start=1):
        places = [at for at, line in enumerate(lines) if (line.page or 1) == number]
        texts = [letters_of("".join(lines[at].cells) or lines[at].text) for at in places]
        sure = [1.0] * len(places)
        for score, words in on_page:
            for at in _holding(letters_of(put_right(words)), texts):
                sure[at] = min(sure[at], score)
        for at, score in zip(places, sure, strict=True):
            lines[at] = replace(lines[at], sure=round(score, 3))
    return replace(document, lines=tuple(lines))


def _holding(words: str, texts: Sequence[str]) -> Sequence[int]:
    """Return which lines hold ``words``, or the beginning or end of them; all where none does."""
    for piece in (words, words[:SHORTEST], words[-SHORTEST:]):
        if found := [at for at, text in enumerate(texts) if piece and piece in text]:
            return found
    return range(len(texts)) if words else ()
