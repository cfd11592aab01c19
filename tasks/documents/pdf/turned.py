"""Where words that stand another way than the page are read: never in the midst of a sentence."""

import re
from collections.abc import Sequence

from tasks.documents.pdf.letters import ACROSS
from tasks.documents.pdf.lines import Strip, strip_text
from tasks.documents.pdf.tables import Table

_ENDS = re.compile(r"[。！？…][”’）)】]*$")
_BEGINS = re.compile(
    r"[（(]?(?:[一二三四五六七八九十百]{1,4}|\d{1,3})(?:[）)、．]|[.](?!\d))"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条]|[①-⑳]|附件"
)


def between_sentences(pieces: Sequence[Strip | Table]) -> list[Strip | Table]:
    """Return ``pieces`` in order, words along the edge put where a sentence ends.

    That is the next such place, or else the last one before, or else the end: a line that is cut goes on
    with the next one, and words between the two would become a part of both.
    """
    across = [piece for piece in pieces if not _is_turned(piece)]
    if len(across) == len(pieces) or not across:
        return list(pieces)
    breaks = [at for at in range(1, len(across)) if _parts(across[at - 1], across[at])]
    last = across[-1]
    if isinstance(last, Table) or _ENDS.search(strip_text(last)):
        breaks.append(len(across))
    found: list[list[Strip | Table]] = [[] for _ in range(len(across) + 1)]
    before = 0
    for piece in pieces:
        if _is_turned(piece):
            later = [at for at in breaks if at >= before]
            found[later[0] if later else breaks[-1] if breaks else len(across)].append(piece)
        else:
            before += 1
    return [each for at, words in enumerate(found) for each in (*words, *across[at : at + 1])]


def _is_turned(piece: Strip | Table) -> bool:
    return isinstance(piece, Strip) and piece.letters[0].way != ACROSS


def _parts(upper: Strip | Table, lower: Strip | Table) -> bool:
    """Say whether what stands on two lines is not one sentence."""
    if isinstance(upper, Table) or isinstance(lower, Table):
        return True
    return bool(_ENDS.search(strip_text(upper)) or _BEGINS.match(strip_text(lower)))
