"""The algorithms that a hash may be made by: SHA-256, or SM3 (GB/T 32905) where an office must use the nation's own."""

import hashlib
from typing import Literal, get_args

from models.errors import SettingsError
from models.settings import settings

Algorithm = Literal["sha256", "sm3"]
SHA256: Algorithm = "sha256"
SM3: Algorithm = "sm3"
ALGORITHMS = get_args(Algorithm)
IN_WORDS: dict[str, str] = {SHA256: "SHA-256", SM3: "SM3"}


def new_hash(algorithm: str, content: bytes = b"") -> "hashlib._Hash":
    """Return a hash over ``content`` that takes more; one of `ALGORITHMS`.

    Raises SettingsError in one line where this machine's Python has no SM3.
    """
    if algorithm == SHA256:
        return hashlib.sha256(content)
    try:
        return hashlib.new(algorithm, content)
    except ValueError:
        raise SettingsError(f"{lacking_in_words(algorithm)}；{WHAT_TO_DO}") from None


WHAT_TO_DO = (
    "请换用带 SM3 的 Python（OpenSSL 1.1.1 以上、没有裁掉国密的），或不设 SHIFAN_HASH，改用 SHA-256"
)


def lacking_in_words(algorithm: str) -> str:
    """Return in words that this machine cannot make a hash by ``algorithm``."""
    return f"这台电脑的 Python 算不了 {IN_WORDS.get(algorithm, algorithm)} 指纹"


def is_here(algorithm: str) -> bool:
    """Say whether this machine can make a hash by ``algorithm``, one of `ALGORITHMS`."""
    try:
        hashlib.new(algorithm)
    except ValueError:
        return False
    return True


def chosen_algorithm() -> Algorithm:
    """Return the algorithm that new hashes are made by; raises SettingsError where this machine lacks it."""
    chosen = settings().hash
    if chosen != SHA256:
        new_hash(chosen)
    return chosen


def hash_faults() -> list[str]:
    """Return in words why what is set cannot be used here; empty where it can."""
    chosen = settings().hash
    return [] if is_here(chosen) else [f"{lacking_in_words(chosen)}；{WHAT_TO_DO}"]
