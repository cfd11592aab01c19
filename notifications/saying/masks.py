"""Names for people and places that can be shown: enough to recognise, not enough to use."""

import hashlib
import secrets
from collections.abc import Iterable
from functools import lru_cache

SALT = b"shifan:channel-target"
COST = 2**9  # scrypt's n: a millisecond, for us and for whoever guesses
_KEY = secrets.token_bytes(32)  # of this process: the marks are compared here and kept nowhere


@lru_cache(maxsize=4096)  # slow on purpose, for who guesses; the same file is read many times
def fingerprint(*parts: str) -> str:
    """Return a stable identifier of ``parts`` from which they cannot be read back."""
    told = "\x1f".join(parts).encode()
    return hashlib.scrypt(told, salt=SALT, n=COST, r=8, p=1, dklen=12).hex()


def marks(ends: Iterable[str]) -> frozenset[str]:
    """Return a mark for each of a robot's ``ends``; equal marks are the same person or group.

    A mark tells nothing of either, and another process makes others.
    """
    return frozenset(
        hashlib.blake2b(name.encode(), key=_KEY, digest_size=16).hexdigest() for name in ends
    )


def mail(address: str) -> str:
    """Return ``zhangsan@126.com`` as ``zh***@126.com``."""
    name, at, host = address.rpartition("@")
    return f"{name[: min(2, len(name) - 1)]}***{at}{host}" if at and name else word(address)


def phone(number: str) -> str:
    """Return ``13812345678`` as ``138****5678``; a short number shows nothing."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else "****"


def word(name: str) -> str:
    """Return ``zhangsan`` as ``z***``."""
    return f"{name[:1]}***" if len(name) > 1 else "***"
