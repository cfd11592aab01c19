"""Where words beside the text are read, along the edge or in notes below it: never in the midst of a sentence."""

import re
from collections.abc import Sequence

from tasks.documents.pdf.letters import ACROSS, is_furniture, median
from tasks.documents.pdf.lines import Strip, strip_text
from tasks.documents.pdf.tables import Table

_ENDS = re.compile(r"[。！？…][”’）)】]*$")
_BEGINS = re.compile(
    r"[（(]?(?:[一二三四五六七八九十百]{1,4}|\d{1,3})(?:[）)、．]|[.](?!\d))"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条]|[①-⑳]|附件"
)
# How a note begins, with its mark; a number may stand before its year or its first chapter.
_NOTE = re.compile(
    r"\s*(?:[①-⑳*＊†※]|注\s*\d*\s*[：:]|[\[［〔]\d{1,2}[\]］〕]|\d{1,2}\s*(?![\d\s.．、，,）)年月日号—–-]))"
)
_SMALL = 0.92  # of the size of the text


def between_sentences(pieces: Sequence[Strip | Table]) -> list[Strip | Table]:
    """Return ``pieces`` in order, words along the edge and notes at the foot put where a sentence ends.

    That is the next such place, or else the last one before, or else the end: a line that is cut goes on
    with the next one, and words between the two would become a part of both.
    """
    notes = {id(piece) for piece in _notes(pieces)}
    across = [piece for piece in pieces if not _is_turned(piece) and id(piece) not in notes]
    if len(across) == len(pieces) or not across:
        return list(pieces)
    breaks = [at for at in range(1, len(across)) if _parts(across[at - 1], across[at])]
    last = across[-1]
    if isinstance(last, Table) or _ENDS.search(strip_text(last)):
        breaks.append(len(across))
    found: list[list[Strip | Table]] = [[] for _ in range(len(across) + 1)]
    before = 0
    for piece in pieces:
        if _is_turned(piece) or id(piece) in notes:
            later = [at for at in breaks if at >= before]
            found[later[0] if later else breaks[-1] if breaks else len(across)].append(piece)
        else:
            before += 1
    return [each for at, words in enumerate(found) for each in (*words, *across[at : at + 1])]


def _notes(pieces: Sequence[Strip | Table]) -> Sequence[Strip | Table]:
    """Return the notes that a page ends with: small lines from one on that begins with a mark.

    The number of the page below them is none of them.
    """
    lines = [piece for piece in pieces if isinstance(piece, Strip)]
    if len(lines) < 3 or not _size(lines[-1]) or lines[-1] is not pieces[-1]:
        return ()
    size = median([_size(line) for line in lines])
    first = len(pieces)
    while first and _is_small(pieces[first - 1], size):
        first -= 1
    small = [piece for piece in pieces[first:] if isinstance(piece, Strip)]
    texts = [strip_text(piece) for piece in small]
    while texts and is_furniture(texts[-1]):
        texts.pop()
    begins = next((at for at, text in enumerate(texts) if _NOTE.match(text)), len(texts))
    return small[begins : len(texts)]


def _is_small(piece: Strip | Table, size: float) -> bool:
    return isinstance(piece, Strip) and _size(piece) < _SMALL * size


def _size(strip: Strip) -> float:
    usual = strip.letters[len(strip.letters) // 2]
    return usual.bottom - usual.top


def _is_turned(piece: Strip | Table) -> bool:
    return isinstance(piece, Strip) and piece.letters[0].way != ACROSS


def _parts(upper: Strip | Table, lower: Strip | Table) -> bool:
    """Say whether what stands on two lines is not one sentence."""
    if isinstance(upper, Table) or isinstance(lower, Table):
        return True
    return bool(_ENDS.search(strip_text(upper)) or _BEGINS.match(strip_text(lower)))
