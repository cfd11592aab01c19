"""Keep secrets out of words: a provider's answer, a log line and an error pass through here."""

import base64
import re
import unicodedata
from collections.abc import Callable, Iterable
from urllib.parse import quote, quote_plus

MASK = "***"
LONGEST = 300
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]{1,30}://[^\s<>\"',。;)]*", re.I)
_WORD = re.compile(r"[\w+/=%.~-]{8,}")
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def scrubber(secrets: Iterable[str]) -> Callable[[str], str]:
    """Return a function that masks ``secrets`` in a text, and any address.

    Masked are the secrets as they are, in any case, percent- and base64-encoded, and any piece of
    eight or more characters of a long one. The text comes back in one line of printable characters,
    at most 300 of them.
    """
    known = sorted({s for s in secrets if s}, key=len, reverse=True)
    forms = sorted({form for s in known for form in _forms(s)}, key=len, reverse=True)
    pattern = re.compile("|".join(_exactly(form) for form in forms), re.I) if forms else None
    long = [s.casefold() for s in known if len(s) >= 12]

    def piece_of_one(match: re.Match[str]) -> str:
        word = match[0].casefold()
        return MASK if any(word in secret for secret in long) else match[0]

    def clean(text: str) -> str:
        text = _printable(text)
        if pattern:
            text = pattern.sub(MASK, text)
        text = _ADDRESS.sub("(网址略)", text)
        text = _WORD.sub(piece_of_one, text)
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

    return clean


def _forms(secret: str) -> set[str]:
    raw = secret.encode()
    return {
        secret,
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        base64.b64encode(raw).decode(),
        base64.urlsafe_b64encode(raw).decode(),
    }


def _exactly(form: str) -> str:
    """Return a pattern for ``form``; a short one must stand alone, or every "1" would be masked."""
    found = re.escape(form)
    return found if len(form) >= 5 else rf"(?<![^\W_]){found}(?![^\W_])"


def _printable(text: str) -> str:
    text = _DIRECTIONS.sub("", text)
    return " ".join(
        "".join(
            " " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in text
        ).split()
    )
