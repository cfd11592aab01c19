"""Listen to what libraries log about a send, and let none of it out: their lines hold URLs and keys."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

APPRISE = "apprise"
# These print a request's full address at DEBUG or INFO; silent while we send, as they were otherwise.
OTHERS = (
    "urllib3",
    "urllib3.connection",
    "urllib3.connectionpool",
    "urllib3.poolmanager",
    "urllib3.response",
    "urllib3.util.retry",
    "requests",
    "oauthlib",
    "requests_oauthlib",
    "requests_oauthlib.oauth1_auth",
    "requests_oauthlib.oauth1_session",
    "requests_oauthlib.oauth2_session",
    "MARKDOWN",
)
_heard: ContextVar[list[str] | None] = ContextVar("heard", default=None)


class _Keep(logging.Filter):
    """Keep a record for whoever listens, and pass on only what ``lets_out`` and nobody listens to."""

    def __init__(self, *, lets_out: bool) -> None:
        super().__init__()
        self.lets_out = lets_out

    def filter(self, record: logging.LogRecord) -> bool:
        heard = _heard.get()
        if heard is not None and not self.lets_out:
            with suppress(Exception):  # a line that cannot be put together must not fail the send
                heard.append(record.getMessage())
        return self.lets_out and heard is None


_APPRISE_FILTER, _OTHERS_FILTER = _Keep(lets_out=False), _Keep(lets_out=True)


def silence() -> None:
    """Close the libraries' logs to everybody but us; may be repeated, and is, before every send."""
    logger = logging.getLogger(APPRISE)
    logger.addFilter(_APPRISE_FILTER)
    logger.disabled = False
    if logger.level != logging.DEBUG:
        logger.setLevel(logging.DEBUG)  # the reason for a failure is only said at this level
    for name in OTHERS:
        logging.getLogger(name).addFilter(_OTHERS_FILTER)


@contextmanager
def listening() -> Iterator[list[str]]:
    """Yield the list of lines Apprise logs in this context, filled as they come."""
    silence()
    heard: list[str] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)
