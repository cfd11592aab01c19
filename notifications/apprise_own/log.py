"""Let nothing out of what libraries log about a send: their lines hold URLs and keys."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

APPRISE = "apprise"
# These print a request's full address at DEBUG or INFO; silent while we send, as they were otherwise.
OTHERS = (
    "urllib3", "urllib3.connection", "urllib3.connectionpool", "urllib3.poolmanager",
    "urllib3.response", "urllib3.util.retry", "requests", "oauthlib", "requests_oauthlib",
    "requests_oauthlib.oauth1_auth", "requests_oauthlib.oauth1_session",
    "requests_oauthlib.oauth2_session", "MARKDOWN",
)  # fmt: skip
_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


def silence() -> None:
    """Close the libraries' logs to everybody; may be repeated, and is, before every send."""
    logging.getLogger(APPRISE).addFilter(_nothing)
    for name in OTHERS:
        logging.getLogger(name).addFilter(_unless_quiet)


@contextmanager
def quiet_logs() -> Iterator[None]:
    """Let nothing out that other libraries log in this context."""
    silence()
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def _nothing(_record: logging.LogRecord) -> bool:
    return False


def _unless_quiet(_record: logging.LogRecord) -> bool:
    return not _quiet.get()
