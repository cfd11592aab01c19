"""The passages that two texts share, longest first: what a person reads to decide who copied what; pure."""

from collections.abc import Iterator

LEAST = 20  # letters of a passage; shorter ones are phrases that every office uses
MOST_LETTERS = 200_000  # of each text that are compared


def shared_passages(own: str, other: str, most: int = 3) -> list[str]:
    """Return the ``most`` longest passages of ``own`` that stand in ``other`` too, without blanks and breaks.

    None overlaps another. Takes time in the length of the texts, except where one repeats itself: there
    the first place in ``other`` counts.
    """
    mine, theirs = (_plain(text) for text in (own, other))
    places: dict[str, int] = {}
    for at in range(len(theirs) - LEAST + 1):
        places.setdefault(theirs[at : at + LEAST], at)
    found = _found(mine, theirs, places)
    return sorted(dict.fromkeys(found), key=len, reverse=True)[:most]


def _plain(text: str) -> str:
    return "".join(text[: 2 * MOST_LETTERS].split())[:MOST_LETTERS]


def _found(mine: str, theirs: str, places: dict[str, int]) -> Iterator[str]:
    at = 0
    while at <= len(mine) - LEAST:
        start = places.get(mine[at : at + LEAST])
        if start is None:
            at += 1
            continue
        length = LEAST
        while mine[at + length : at + length + 1] == theirs[start + length : start + length + 1]:
            if at + length >= len(mine) or start + length >= len(theirs):
                break
            length += 1
        yield mine[at : at + length]
        at += length
