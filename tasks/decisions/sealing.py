"""Seal one-time codes: from here on a code is only known by what a key of the home makes of it."""

import base64
import hashlib
import hmac

from models.home_key import home_key
from models.rules.codes import normal

KEY = "code.key"
PREFIX = "s1-"


def sealed(code: str) -> str:
    """Return what stands for ``code`` everywhere but in the message to its leader.

    An HMAC-SHA256 under a key of the home, cut to 120 bits: without the key nobody finds the code
    from it, however short the code is.
    """
    digest = hmac.new(home_key(KEY), normal(code).encode(), hashlib.sha256).digest()
    return PREFIX + base64.b32encode(digest[:15]).decode()
