"""Passwords as they are kept: Argon2id, with the parameters in every hash."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's second choice (19 MiB, two passes): the window's process has 120 MiB in all.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_AT_ONCE = BoundedSemaphore(2)  # of fifty who log in together each waits a second, and memory lasts


def hashed(password: str) -> str:
    """Return the hash of a password, with a salt of its own."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def fits(password: str, kept: str) -> bool:
    """Say whether ``password`` is the one of hash ``kept``.

    Where none is kept it takes as long all the same: the time tells nobody which accounts there are.
    """
    against = kept or _nobodys()
    try:
        with _AT_ONCE:
            _HASHER.verify(against, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


@cache
def _nobodys() -> str:
    return hashed("nobody has this one")
