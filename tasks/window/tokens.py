"""Tokens: what a link, a session or a feed shows of itself, signed with a key of the home.

A token says for whom it was made, of which generation, and when; it holds nothing that is secret by
itself. The signature is an HMAC-SHA256 cut to 128 bits, so that a link fits a text message.
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from itsdangerous.signer import SigningAlgorithm

from models.files.home_key import home_key
from models.settings import settings

KEY = "window.key"
LONGEST = 400  # characters of a token that are looked at
SIGNED_BYTES = 16


class TokenKind(StrEnum):
    """What a token is for; one made for another is none."""

    SESSION = "session"
    POST = "post"
    ONCE = "once"
    FEED = "feed"
    WALL = "wall"


class _Short(SigningAlgorithm):
    """HMAC-SHA256, cut to 128 bits; compared in constant time, as the library does."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return hmac.new(key, value, hashlib.sha256).digest()[:SIGNED_BYTES]


def sign(kind: TokenKind, *said: str | int) -> str:
    """Return a token of ``kind`` that says ``said``."""
    return str(_signer(kind).dumps(list(said)))


def read_signed(kind: TokenKind, token: str) -> list[Any] | None:
    """Return what a token says; None where it was not made here for that, or is no token at all."""
    if len(token) > LONGEST or not token.isascii():
        return None
    try:
        said = _signer(kind).loads(token)
    except (BadData, RecursionError):
        return None
    return said if isinstance(said, list) else None


def minute_of(instant: datetime) -> int:
    """Return the minute that ``instant`` lies in, as tokens write it."""
    return int(instant.timestamp() // 60)


def instant_of(minute: int) -> datetime:
    """Return the instant at which a token's minute begins."""
    return datetime.fromtimestamp(minute * 60, UTC)


def csrf_of(session: str) -> str:
    """Return what every form of a session carries, and no other page can know."""
    return hmac.new(_key(), b"form\0" + session.encode(), hashlib.sha256).hexdigest()[:32]


def chooser_of(form: str) -> Callable[[str], str]:
    """Return what picks a character of an alphabet, at each call another, and the same ones for one form.

    Nobody foresees them without the key. At most eight are to be had.
    """
    drawn = iter(hmac.new(_key(), b"code\0" + form.encode(), hashlib.sha256).digest())
    return lambda alphabet: alphabet[int.from_bytes(islice(drawn, 4)) % len(alphabet)]


def _signer(kind: TokenKind) -> URLSafeSerializer:
    return _signer_of(kind, _key())


@lru_cache(maxsize=16)
def _signer_of(kind: TokenKind, key: bytes) -> URLSafeSerializer:
    how = {"algorithm": _Short(), "key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeSerializer(key, salt=f"shifan-{kind.value}", signer_kwargs=how)


def _key() -> bytes:
    """Return the home's key, read and looked at again only when its file is another one."""
    path = settings().home / KEY
    try:
        found = path.stat()
    except OSError:  # not made yet
        return home_key(KEY)
    return _known(path, found.st_mtime_ns, found.st_ino, found.st_mode)


@lru_cache(maxsize=4)
def _known(_path: Path, _changed: int, _file: int, _mode: int) -> bytes:
    return home_key(KEY)
