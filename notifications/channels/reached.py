"""Whom a channel really reaches, whatever its address is written like: what a one-time code must know."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping

from models.rules.bodies import tag_key

SPARE = "-备用"  # targets of "市司法局-备用" are the same recipient's
_KEY = secrets.token_bytes(32)  # of this process: the marks are compared here and kept nowhere


def marks(ends: Iterable[str]) -> frozenset[str]:
    """Return a mark for each of a robot's ``ends``; equal marks are the same person or group.

    A mark tells nothing of either, and another process makes others.
    """
    return frozenset(
        hashlib.blake2b(name.encode(), key=_KEY, digest_size=16).hexdigest() for name in ends
    )


def owner(tag: str) -> str:
    """Return whose channels carry ``tag``: a spare tag is its recipient's own, however it is written."""
    return tag_key(tag.strip().lower().removesuffix(SPARE))


def sharers(tag: str, reached: frozenset[str], all_ends: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the tags of other recipients that reach one of ``reached`` too; ``all_ends`` is by tag."""
    return [
        other
        for other, theirs in all_ends.items()
        if owner(other) != owner(tag) and reached & theirs
    ]
