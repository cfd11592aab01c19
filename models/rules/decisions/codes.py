"""One-time codes: six characters that a tired eye cannot confuse, and their salted hash."""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

# Without 0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V: read aloud or from a small screen, none is another.
ALPHABET = "3467ACDEFGHJKMNPRTWXY9"
LENGTH = 6
COST = 2**14  # scrypt's n: 25 ms a try, for us and for whoever holds the table
MOST_SENT_A_DAY = 5  # codes for one post and question; then the next morning's patrol sends one


def make_code(choose: Callable[[str], str]) -> str:
    """Return a code; ``choose`` picks one character of the alphabet (`secrets.choice`)."""
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def normal(typed: str) -> str:
    """Return what was typed as a code is written: half width, capitals, no blanks or dashes."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(c for c in plain if not c.isspace() and c not in "-_·.")


def hash_code(code: str, salt: str) -> str:
    """Return the hash to keep of ``code``: scrypt, so that a stolen table is not soon tried out."""
    return hashlib.scrypt(
        normal(code).encode(), salt=bytes.fromhex(salt), n=COST, r=8, p=1, dklen=32
    ).hex()


@dataclass(frozen=True, slots=True)
class Seal:
    """What stands for a code, and the salt of its hash; ``sealed`` is empty for a code not made yet."""

    sealed: str
    salt: str

    @property
    def hash(self) -> str:
        """Return the hash to keep; empty for a code not made yet, which nothing typed matches."""
        return hash_code(self.sealed, self.salt) if self.sealed else ""


def matches(typed: str, salt: str, kept: str) -> bool:
    """Say whether ``typed`` is the code whose hash was kept; takes as long for yes as for no."""
    return hmac.compare_digest(hash_code(typed, salt), kept)
