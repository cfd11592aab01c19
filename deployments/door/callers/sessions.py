"""Who has shown the password: a signed cookie, so that a restart asks nobody again.

The cookie says until when it holds, and is signed with a key of the home together with the password:
a new password, or a new key, ends every session.
"""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

LIFE = timedelta(days=7)  # a leader opens a link a few times in a week
AHEAD = timedelta(minutes=5)  # a clock that was set back a little ends no session


class Sessions:
    """Make and check the cookies of one home and one password."""

    def __init__(self, key: bytes, password: str) -> None:
        """Sign with ``key`` and ``password``; neither can be had from a cookie."""
        self._key = hashlib.sha256(key + b"\0" + password.encode()).digest()

    def begin(self, now: datetime) -> str:
        """Return the value of a new cookie, which holds from ``now`` for a week."""
        said = f"{int((now + LIFE).timestamp())}.{secrets.token_urlsafe(12)}"
        return f"{said}.{self._signature(said)}"

    def holds(self, cookie: str, now: datetime) -> bool:
        """Say whether ``cookie`` was made here and has not run out."""
        said, _, signature = cookie.rpartition(".")
        # As bytes: compare_digest refuses text that is not ASCII.
        if not hmac.compare_digest(signature.encode(), self._signature(said).encode()):
            return False
        until = datetime.fromtimestamp(int(said.partition(".")[0]), UTC)
        return now < until <= now + LIFE + AHEAD

    def _signature(self, said: str) -> str:
        return hmac.new(self._key, said.encode(), hashlib.sha256).hexdigest()
