"""Load the machine's certificates once, not for every mail: Apprise's way costs 27 ms of each."""

import importlib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

# Where Apprise opens a mail connection: version 1 in the one module, version 2 in the other.
HOMES = ("apprise.plugins.email.base", "apprise.plugins.email.smtp")

_verifying: ContextVar[bool] = ContextVar("verifying", default=False)


class _Ssl:
    """The module `ssl`, but with one context for all mails that verify their server.

    A mail that does not verify gets a context of its own, because Apprise then loosens it.
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(ssl, name)

    def create_default_context(self, *args: Any, **kwargs: Any) -> ssl.SSLContext:
        plain = not args and not kwargs
        return (
            _shared() if plain and _verifying.get() else ssl.create_default_context(*args, **kwargs)
        )


@cache
def _prepare() -> None:
    for name in HOMES:
        try:
            home = importlib.import_module(name)
        except ImportError:
            continue
        if getattr(home, "ssl", None) is ssl:
            vars(home)["ssl"] = _Ssl()


@cache
def _shared() -> ssl.SSLContext:
    return ssl.create_default_context()


@contextmanager
def certificates_loaded_once(verifying: bool) -> Iterator[None]:
    """Share the certificates among all sends in this context that verify."""
    _prepare()
    token = _verifying.set(verifying)
    try:
        yield
    finally:
        _verifying.reset(token)
