"""Which pages the first reader of PDF cannot have read right, so that the second one is asked.

Old programs wrote Chinese as bytes of GB 2312 in a font of Western letters (a page then reads ¹ØÓÚ), and
some fonts bring a table of codes of their own that the first reader does not follow: their letters are
drawn, and nobody knows which they are, or it finds no code for most of them.
"""

from collections.abc import Sequence

from tasks.documents.pages import letters_of
from tasks.documents.pdf.drawing import NO_CODE

FEWEST = 8  # letters that make a case
GARBLED = 0.4  # of the letters of a page: French has a tenth of them with marks
_HIGH, _CHINESE = ("\u00a1", "\u00ff"), "\u2e80"


def is_garbled(texts: Sequence[str]) -> bool:
    """Say whether letters are bytes of another encoding, or without a code.

    Told by how many are of the upper half of Latin-1, or which nobody knows.
    """
    seen = [text for text in texts if not text.isspace()]
    high = sum(_HIGH[0] <= text[:1] <= _HIGH[1] for text in seen)
    unknown = sum(text == NO_CODE for text in seen)
    return any(each >= FEWEST and each > GARBLED * len(seen) for each in (high, unknown))


def reads_better(second: str, first: str) -> bool:
    """Say whether the second reader made more of a page: Chinese where there was none, or more letters."""
    return _worth(second) > _worth(first)


def _worth(text: str) -> int:
    letters = letters_of(text)
    chinese = sum(letter >= _CHINESE for letter in letters)
    high = sum(_HIGH[0] <= letter <= _HIGH[1] for letter in letters)
    return len(letters) + chinese - high
