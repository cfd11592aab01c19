"""Make an answer of what Apprise logged about a failed send: code, words, and whether it may pass."""

import re

from notifications.robots.verdict import PASSING
from notifications.robots.wecomapp import WeComApp
from notifications.saying.answer import Answer

_HTTP = re.compile(r"\berror=(\d{3})\b|\bHTTP (?:error )?(\d{3})\b")
_CODE = re.compile(r"\b(?:errcode|code)[\"']?\s*[=:]\s*[\"']?(-?[1-9]\d*)\b")
_TERMS = WeComApp.terms  # Apprise's wechat:// speaks with the same service
# What a library says in English, and the same for an office; the first that fits is told.
_COMMON = (
    (r"timed? ?out|Timeout", "timeout", "连接或等待对方超时，可能已经送达", True),
    (r"refused|unreachable|No route|getaddrinfo|Name or service|name resolution|Max retries",
     "unreachable", "连不上对方服务器", False),
    (r"CERTIFICATE|certificate|SSL|TLS", "tls", "与对方服务器的加密连接没有建立", False),
    (r"unexpectedly closed|Disconnected|not connected|reset by peer|RemoteDisconnected|Connection aborted"
     r"|Connection broken|IncompleteRead|InvalidChunk",
     "dropped", "对方没有答复就断开了连接，可能已经送达", True),
)  # fmt: skip


def reason(heard: list[str]) -> Answer:
    """Return the answer for a send that Apprise calls failed; its words still hold secrets."""
    told = "\n".join(heard)
    if code := _CODE.search(told):
        hopeless, wait = code[1] in _TERMS.hopeless, _TERMS.back_off.get(code[1])
        return Answer(False, code[1], _complaint(heard), hopeless, wait)
    if http := _HTTP.search(told):
        status = http[1] or http[2]
        hopeless = status.startswith("4") and int(status) not in PASSING
        return Answer(
            False, f"HTTP {status}", _complaint(heard), hopeless, uncertain=status.startswith("5")
        )
    for pattern, code_word, words, uncertain in _COMMON:
        if re.search(pattern, told):
            return Answer(False, code_word, words, uncertain=uncertain)
    return Answer(False, "refused", _complaint(heard))


def _complaint(heard: list[str]) -> str:
    """Return the library's own complaint: its first line that speaks of a failure."""
    marks = ("fail", "error", "could not", "unable", "invalid", "no ", "not ", "exception")
    complaints = (line for line in heard if any(mark in line.lower() for mark in marks))
    return next(complaints, "对方没有收下，也没有说明原因")
