"""The marks of notes on a page of a PDF: small and raised behind a word, of whose name they are no letters."""

import re
from collections.abc import Iterator, Sequence

from tasks.documents.pdf.letters import ACROSS, Glyph
from tasks.documents.raised import MARKED, RAISED

# Parts of the size of the letter before: how small a mark is at most, and how high and near it stands.
_SMALL = 0.86
_RAISED = 0.22
_WITHIN = 0.25  # of the letter's own height, or the mark stands on the line above
_NEAR = 0.3
_LONGEST = 8  # letters
_IS_MARK = re.compile(RAISED)


def note_marks(letters: Sequence[Glyph]) -> set[int]:
    """Return the numbers of the letters that are marks of notes, in the order in which they are drawn."""
    found: set[int] = set()
    for host, run in _raised(letters):
        text = "".join(each.text for each in run)
        if len(run) <= _LONGEST and MARKED.search(host.text) and _IS_MARK.fullmatch(text):
            found.update(each.number for each in run)
    return found


def _raised(letters: Sequence[Glyph]) -> Iterator[tuple[Glyph, list[Glyph]]]:
    """Yield runs of letters that stand small and high right behind another one, and that one."""
    host: Glyph | None = None
    high = 0.0
    run: list[Glyph] = []
    for letter in letters:
        own = letter[4] - letter[3]
        if (
            host is not None
            and own < _SMALL * high
            and _stands_high(letter, run[-1] if run else host, host)
        ):
            run.append(letter)
            continue
        if run and host is not None:
            yield host, run
            run = []
        if letter[0].strip():
            host, high = letter, own
    if run and host is not None:
        yield host, run


def _stands_high(letter: Glyph, before: Glyph, host: Glyph) -> bool:
    high = host.bottom - host.top
    return (
        letter.way == host.way == ACROSS
        and host.bottom - letter.bottom >= _RAISED * high
        and letter.bottom >= host.top + _WITHIN * high
        and abs(letter.x0 - before.x1) <= _NEAR * high
    )
