"""Hear what Apprise's own plugins get for an answer: most of them look at the status and no further."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from notifications.channels.proxy import proxy_for
from notifications.robots.denial import denial, denial_in_text, parsed
from notifications.robots.left_out import left_out
from notifications.robots.transport import (
    LONGEST_REPLY,
    NO_TLS,
    Forbidden,
    Reply,
    Silence,
    addresses_of,
    decoded,
)
from notifications.robots.verdict import excerpt, http_failure, judge, unreadable
from notifications.robots.wecom import WeComApp
from notifications.saying.answer import Answer

Came = Reply | Silence
_heard: ContextVar[list[Came] | None] = ContextVar("replies", default=None)


@contextmanager
def replies() -> Iterator[list[Came]]:
    """Yield what comes back to this context's sends, filled as it comes."""
    _listen()
    heard: list[Came] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def verdict(yes: bool, came: Came | None) -> Answer:
    """Return the answer for what Apprise calls sent or not, and what the provider really replied.

    For a service we know nothing of, an HTTP 2xx is the yes, unless its words say otherwise.
    """
    if isinstance(came, Silence):
        return judge(came, WeComApp.terms)
    if yes:
        return (_objection(came) if came else None) or Answer(True, "0", "对方已收下")
    found = denial(parsed(came.text)) if came else None
    if came and came.status >= 300:
        return http_failure(came, found[1] if found else "")
    if came and found:  # wechat:// speaks with the service that our application speaks with
        code, words = found
        terms = WeComApp.terms
        hopeless, wait = code in terms.hopeless, terms.back_off.get(code)
        return Answer(False, code, words or excerpt(came.text), hopeless, wait)
    return Answer(False, "refused", "对方没有收下，也没有说明原因")


def _objection(reply: Reply) -> Answer | None:
    """Return the answer for a reply that Apprise takes for a yes and that is none; None when it may be."""
    said = parsed(reply.text)
    if found := denial(said):
        code, words = found
        return Answer(False, code, words or excerpt(reply.text), retry_after=reply.retry_after)
    if out := left_out(said):
        return out
    why = "" if said is not None else denial_in_text(reply.text)
    if said is None and len(reply.text.encode()) >= LONGEST_REPLY:
        why = "cut"  # no answer to a message is that long
    if why == "words":
        return Answer(False, "refused", excerpt(reply.text))
    return Answer(False, "unreadable", unreadable(reply.text), uncertain=True) if why else None


@cache
def _listen() -> None:
    """Let every connection and every reply of `requests` pass by us, once per process."""
    from requests import Session
    from urllib3.util import connection

    connect = connection.create_connection

    def guarded(place: tuple[str, int], *args: Any, **kwargs: Any) -> Any:
        """Connect to an address that was looked at, and to none that the name leads to a moment later."""
        if _heard.get() is None:
            return connect(place, *args, **kwargs)
        fault = OSError("no address")
        for address in addresses_of(*place):
            try:
                return connect((address, place[1]), *args, **kwargs)
            except OSError as error:
                fault = error
        raise fault

    connection.create_connection = guarded  # type: ignore[assignment]

    plain = Session.send

    def send(self: Any, request: Any, **kwargs: Any) -> Any:
        heard = _heard.get()
        if heard is not None:  # Apprise would ask the shell which way to go
            kwargs["proxies"] = _proxies(request.url)
        try:
            response = plain(self, request, **kwargs)
        except Exception as error:
            if heard is not None:
                heard.append(_silence(error))
            raise
        if heard is not None:
            start = b"" if kwargs.get("stream") else (response.content or b"")[:LONGEST_REPLY]
            text = decoded(start, response.headers.get("Content-Type", ""))
            heard.append(Reply(response.status_code, text))
        return response

    Session.send = send  # type: ignore[method-assign]


def _silence(error: Exception) -> Silence:
    """Return what an exception of `requests` means; only behind the request may it have arrived."""
    from requests import exceptions
    from urllib3.exceptions import ProtocolError

    if forbidden := next((one for one in _behind(error) if isinstance(one, Forbidden)), None):
        return Silence("forbidden", str(forbidden), sent=False)
    if isinstance(error, exceptions.Timeout):
        return Silence("timeout", "连接或等待对方超时", sent=True)
    if isinstance(error, exceptions.SSLError):
        return Silence("tls", NO_TLS, sent=False)
    broken = isinstance(error.args[0] if error.args else None, ProtocolError)
    if broken or isinstance(error, exceptions.ChunkedEncodingError):
        return Silence("dropped", "对方没有答复就断开了连接", sent=True)
    if isinstance(error, exceptions.ConnectionError):
        return Silence("unreachable", "连不上对方服务器", sent=False)
    return Silence("failed", f"发送时出错（{type(error).__name__}）", sent=True)


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and what it came of."""
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _proxies(url: str) -> dict[str, str]:
    via = proxy_for(urlsplit(url).hostname or "")
    return {"http": via.geturl(), "https": via.geturl()} if via else {}
