"""Passwords as they are kept: Argon2id, with the parameters in every hash."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's second choice (19 MiB, two passes): the window's process has 120 MiB in all.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hashed(password: str) -> str:
    """Return the hash of a password, with a salt of its own."""
    return _HASHER.hash(password)


def fits(password: str, kept: str) -> bool:
    """Say whether ``password`` is the one of hash ``kept``.

    Where none is kept it takes as long all the same: the time tells nobody which accounts there are.
    """
    try:
        _HASHER.verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


@cache
def _nobodys() -> str:
    return hashed("nobody has this one")
