"""Count how many fingerprints are made: each takes a millisecond of everybody's run."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from notifications.channels import channels
from notifications.saying import masks


@contextmanager
def fingerprints_made(monkeypatch) -> Iterator[list[bytes]]:
    """Yield a list to which each fingerprint adds an entry, as in a process that knows none yet."""
    made: list[bytes] = []
    real = hashlib.scrypt

    def counted(password, **settings):
        if settings["salt"] == masks.SALT:
            made.append(password)
        return real(password, **settings)

    masks.fingerprint.cache_clear()
    channels._kept.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(hashlib, "scrypt", counted)
        yield made
