"""Draw by a seed: the order that anybody can reckon again with nothing but SHA-256."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TypeVar

Drawn = TypeVar("Drawn")


def drawn_order(
    seed: str, purpose: str, things: Iterable[Drawn], key: Callable[[Drawn], object] = str
) -> list[Drawn]:
    """Return ``things`` in the order of the SHA-256 over seed, purpose and key, parted by “|”.

    The order in which they came, and which others are there, changes nothing between any two: who
    adds a thing later moves none before another. Things with one key are one.
    """
    by_key = {f"{seed}|{purpose}|{key(thing)}": thing for thing in things}
    return [
        by_key[said] for said in sorted(by_key, key=lambda said: sha256(said.encode()).digest())
    ]
