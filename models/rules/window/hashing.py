"""Passwords as they are kept: Argon2id, with the parameters in every hash."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's second choice (19 MiB, two passes): the window's process has 120 MiB in all.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hashed(password: str) -> str:
    """Return the hash of a password, with a salt of its own."""
    return _hashing(os.getpid()).submit(_HASHER.hash, password).result()


def fits(password: str, kept: str) -> bool:
    """Say whether ``password`` is the one of hash ``kept``.

    Where none is kept it takes as long all the same: the time tells nobody which accounts there are.
    """
    against = kept or _nobodys()
    try:
        _hashing(os.getpid()).submit(_HASHER.verify, against, password).result()
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


@cache
def _nobodys() -> str:
    return hashed("nobody has this one")


@cache
def _hashing(_process: int) -> ThreadPoolExecutor:
    """Return two threads that hash: what the C library keeps of a thread's memory is kept twice, not twenty times.

    Of fifty who log in together each waits a second.
    """
    return ThreadPoolExecutor(2, "hashing")
