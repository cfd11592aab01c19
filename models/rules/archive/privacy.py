"""No personal number and no mail address of a text goes into an archive."""

import re

from models.rules.evidence.personal import mask_text

_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})")
_DIGEST = re.compile("[0-9a-f]{32,128}")


def without_persons(text: str) -> str:
    """Return ``text`` with personal numbers and mail addresses masked: ***@example.com.

    A hash stays as it is, whatever digits it has.
    """
    if _DIGEST.fullmatch(text):
        return text
    masked = mask_text(text)
    return _MAIL.sub(r"***@\1", masked) if "@" in masked else masked
