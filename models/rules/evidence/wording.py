"""What became of an item's words while a ledger was out: the same, put in other words, or another item."""

import re
from difflib import SequenceMatcher
from enum import Enum

# What follows an item's own words in its cell: its demands, how it is assessed and what material it
# asks for, and its deadline in parts.
_MORE = re.compile("\n（[0-9]+）|\n(?:测评方法|要求的材料|分段时限)：")
COMPARED = 400  # characters; whoever rewrites an item does so from its beginning
ALIKE = 0.5  # share of characters in common, below which it is another item under the same number


class Wording(Enum):
    """How the words that were sent out compare with those of today."""

    SAME = "same"
    REWORDED = "reworded"
    ANOTHER = "another"


def wording_of(sent: str, now: str) -> Wording:
    """Return how the text of a cell that was ``sent`` out compares with an item's words ``now``.

    Blanks do not count; a cell without words says nothing and is the same.
    """
    before, after = (_bare(text) for text in (_MORE.split(sent, maxsplit=1)[0], now))
    if before == after or not (before and after):
        return Wording.SAME
    common = SequenceMatcher(None, before[:COMPARED], after[:COMPARED], autojunk=False).ratio()
    return Wording.REWORDED if common >= ALIKE else Wording.ANOTHER


def _bare(text: str) -> str:
    return "".join(text.split())
