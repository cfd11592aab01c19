"""Names for people and places that can be shown: enough to recognise, not enough to use."""

import hashlib
import secrets
from collections.abc import Iterable
from functools import lru_cache

SALT = b"shifan:channel-target"
COST = 2**9  # scrypt's n: a millisecond, for us and for whoever guesses
_KEY = secrets.token_bytes(32)  # of this process: the marks are compared here and kept nowhere


# Slow on purpose, for who guesses; a province's file has 9,000 recipients, and is read many times.
@lru_cache(maxsize=2**15)
def fingerprint(*parts: str) -> str:
    """Return a stable identifier of ``parts`` from which they cannot be read back."""
    told = "\x1f".join(parts).encode()
    return hashlib.scrypt(told, salt=SALT, n=COST, r=8, p=1, dklen=12).hex()


def mark(*parts: str) -> str:
    """Return what stands for ``parts`` in this process: it tells nothing of them, and another makes others."""
    told = "\x1f".join(parts).encode()
    return hashlib.blake2b(told, key=_KEY, digest_size=16).hexdigest()


def marks(ends: Iterable[str]) -> frozenset[str]:
    """Return a mark for each of a robot's ``ends``; equal marks are the same person or group."""
    return frozenset(map(mark, ends))


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
