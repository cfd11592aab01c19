"""Keep secrets out of words: a provider's answer, a log line and an error pass through here."""

import base64
import re
from collections.abc import Callable, Iterable
from urllib.parse import quote, quote_plus

MASK = "***"
LONGEST = 300
PIECE = 8  # so many characters of a long secret in a row are a piece of it
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]{1,30}://[^\s<>\"',。;)]*", re.I)
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def scrubber(secrets: Iterable[str]) -> Callable[[str], str]:
    """Return a function that masks ``secrets`` in a text, and any address.

    Masked are the secrets as they are, in any case, percent- and base64-encoded, and any piece of
    eight or more characters of a long one. The text comes back in one line of printable characters,
    at most 300 of them.
    """
    forms = {form.casefold(): form for s in secrets if s for form in _forms(s)}

    def clean(text: str) -> str:
        text = _printable(text[: LONGEST * 10])
        same = text.casefold()
        if found := [form for low, form in forms.items() if low in same]:  # most answers hold none
            longest = sorted(found, key=len, reverse=True)
            text = re.sub("|".join(map(_exactly, longest)), MASK, text, flags=re.I)
        text = _ADDRESS.sub("（网址略）", text)
        if len(text) >= PIECE:
            text = _without_pieces(text, forms.values())
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

    return clean


def _without_pieces(text: str, forms: Iterable[str]) -> str:
    """Return ``text`` with every run that stands in a long one of ``forms`` masked."""
    folded = _lower(text)
    long = [_lower(form) for form in forms if len(form) > PIECE + 3]
    pieces = {form[i : i + PIECE] for form in long for i in range(len(form) - PIECE + 1)}
    hidden = bytearray(len(text))
    for start in range(len(text) - PIECE + 1):
        if folded[start : start + PIECE] in pieces:
            hidden[start : start + PIECE] = b"\x01" * PIECE
    kept = (
        c if not hidden[i] else MASK if not i or not hidden[i - 1] else ""
        for i, c in enumerate(text)
    )
    return "".join(kept)


def _lower(text: str) -> str:
    """Return ``text`` in lower case, character for character."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


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
    return " ".join(_CONTROLS.sub(" ", _DIRECTIONS.sub("", text)).split())
