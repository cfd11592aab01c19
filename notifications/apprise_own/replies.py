"""Hear the HTTP replies that Apprise's own plugins get: most of them look at the status and no further."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from notifications.channels.proxy import proxy_for
from notifications.robots.denial import denial, denial_in_text, parsed
from notifications.robots.left_out import left_out
from notifications.robots.transport import LONGEST_REPLY, Reply, decoded
from notifications.robots.verdict import excerpt, http_failure, missed, unreadable
from notifications.saying.answer import Answer

_heard: ContextVar[list[Reply] | None] = ContextVar("replies", default=None)


@contextmanager
def replies() -> Iterator[list[Reply]]:
    """Yield the replies of this context's sends, filled as they come."""
    _listen()
    heard: list[Reply] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def objection(reply: Reply) -> Answer | None:
    """Return the answer for a reply that Apprise takes for a yes and that is none; None when it may be.

    For a service we know nothing of, an HTTP 2xx is the yes, unless its words say otherwise.
    """
    said = parsed(reply.text)
    if found := denial(said):
        code, words = found
        return Answer(False, code, words or excerpt(reply.text), retry_after=reply.retry_after)
    if out := left_out(said):
        return missed(out)
    why = "" if said is not None else denial_in_text(reply.text)
    if said is None and len(reply.text.encode()) >= LONGEST_REPLY:
        why = "cut"  # no answer to a message is that long
    if why == "words":
        return Answer(False, "refused", excerpt(reply.text))
    return Answer(False, "unreadable", unreadable(reply.text), uncertain=True) if why else None


def refusal(reply: Reply) -> Answer | None:
    """Return what a reply that is no 2xx said, in the provider's own words; None for a 2xx."""
    found = denial(parsed(reply.text))
    return http_failure(reply, found[1] if found else "") if reply.status >= 300 else None


@cache
def _listen() -> None:
    """Let every reply that `requests` brings pass by us, once per process."""
    from requests import Session

    plain = Session.send

    def send(self: Any, request: Any, **kwargs: Any) -> Any:
        heard = _heard.get()
        if heard is not None:  # Apprise would ask the shell which way to go
            kwargs["proxies"] = _proxies(request.url)
        response = plain(self, request, **kwargs)
        if heard is not None:
            start = b"" if kwargs.get("stream") else (response.content or b"")[:LONGEST_REPLY]
            text = decoded(start, response.headers.get("Content-Type", ""))
            heard.append(Reply(response.status_code, text))
        return response

    Session.send = send  # type: ignore[method-assign]


def _proxies(url: str) -> dict[str, str]:
    via = proxy_for(urlsplit(url).hostname or "")
    return {"http": via.geturl(), "https": via.geturl()} if via else {}
