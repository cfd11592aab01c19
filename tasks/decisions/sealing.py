"""Seal one-time codes: from here on a code is only known by what a key of the home makes of it."""

import base64
import hashlib
import hmac
import re
import secrets

from models.files.home_key import home_key
from models.rules.decisions.codes import Seal, normal

KEY = "code.key"
_SEALED = re.compile("s1-[A-Z2-7]{24}")


def sealed(code: str) -> str:
    """Return what stands for ``code`` everywhere but in the message to its leader; "" for none.

    An HMAC-SHA256 under a key of the home, cut to 120 bits: without the key nobody finds the code
    from it, however short the code is.
    """
    if not normal(code):
        return ""
    digest = hmac.new(home_key(KEY), normal(code).encode(), hashlib.sha256).digest()
    return "s1-" + base64.b32encode(digest[:15]).decode()


def sealed_once(typed: str) -> str:
    """Return ``typed`` sealed, or as it is where the door before Prefect has sealed it already.

    Where there is no door somebody could hand in a sealed value, and would have to know one.
    """
    return typed if _SEALED.fullmatch(typed) else sealed(typed)


def new_seal(code: str = "") -> Seal:
    """Return what a table keeps of ``code``, with a salt of its own; of one not made yet without one."""
    return Seal(sealed(code), secrets.token_hex(16))
