"""Read a provider's reply: only its own code 0 means delivered; an HTTP 200 alone says nothing."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from notifications.robots.denial import denial, parsed
from notifications.robots.left_out import left_out
from notifications.robots.transport import Reply, Silence
from notifications.saying.answer import Answer

# A 4xx that passes by itself: a busy server, a clock, a limit.
PASSING = {408, 421, 423, 425, 429}
_TOO_FAST = re.compile(
    r"too (fast|many|frequent)|freq(uency|uently)? (out|limit)|rate.?limit|频繁|频率|限流|次数",
    re.I,
)
_TAGS = re.compile(r"(?is)<(script|style).*?</\1>|<[^>]+>")


@dataclass(frozen=True, slots=True)
class Terms:
    """How one provider words its answers: field names, and what its codes mean for a next try."""

    codes: tuple[str, ...] = ("errcode",)
    words: tuple[str, ...] = ("errmsg",)
    hopeless: Collection[str] = ()  # codes that another try cannot change
    back_off: Mapping[str, float] = field(default_factory=dict)  # code -> seconds to wait
    pause: float = 60.0  # seconds to wait when only the words say "too fast"


def judge(outcome: Reply | Silence, terms: Terms) -> Answer:
    """Return what ``outcome`` says about the delivery."""
    if isinstance(outcome, Silence):
        words = f"{outcome.text}，可能已经送达" if outcome.sent else outcome.text
        return Answer(False, outcome.code, words, uncertain=outcome.sent)
    said = json_object(outcome.text)
    codes = [code_of(said[name]) for name in terms.codes if name in said]
    words = next((str(said[name]) for name in terms.words if said.get(name)), "")
    wrong = next((code for code in codes if code != "0"), None)
    if wrong:
        return _refusal(outcome, wrong, words, terms)
    if not 200 <= outcome.status < 300 or outcome.status == 204:
        return http_failure(outcome, words)
    if not codes or wrong is not None:
        return Answer(False, "unreadable", unreadable(outcome.text), uncertain=True)
    if no := denial(said):  # a yes and a no in one reply
        return Answer(False, no[0], no[1] or excerpt(outcome.text), uncertain=True)
    return left_out(said) or Answer(True, "0", words or "ok")


def code_of(value: Any) -> str:
    """Return a provider's code as text: 0 and "0" are the same; anything but a code is ""."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    text = str(value).strip()
    return str(int(text)) if re.fullmatch(r"[+-]?\d{1,18}", text, re.A) else text


def http_failure(reply: Reply, words: str = "") -> Answer:
    """Return the answer for a reply whose HTTP status alone says that it was not taken."""
    status = reply.status
    if 200 <= status < 300:
        return Answer(False, f"HTTP {status}", "对方没有说明是否收下", uncertain=True)
    if 300 <= status < 400:
        return Answer(False, f"HTTP {status}", "对方要求转到别的地址，未跟随")
    return Answer(
        False,
        f"HTTP {status}",
        words or excerpt(reply.text) or "对方没有说明原因",
        permanent=400 <= status < 500 and status not in PASSING,
        retry_after=reply.retry_after,
        uncertain=status >= 500,
    )


def unreadable(text: str) -> str:
    """Say that a 200 without a code proves nothing, and how it began."""
    start = excerpt(text)
    return f"答复看不出是否收下，开头是：{start}" if start else "答复是空的，看不出是否收下"


def excerpt(text: str) -> str:
    """Return the first visible words of a page or text."""
    return " ".join(_TAGS.sub(" ", text).split())[:80]


def _refusal(reply: Reply, code: str, words: str, terms: Terms) -> Answer:
    wait = terms.back_off.get(code, reply.retry_after)
    if wait is None and _TOO_FAST.search(words):
        wait = terms.pause
    return Answer(
        delivered=False,
        code=code,
        text=words or excerpt(reply.text) or "对方没有说明原因",
        permanent=code in terms.hopeless and wait is None,
        retry_after=wait,
    )


def json_object(text: str) -> Mapping[str, Any]:
    """Return the JSON object in ``text``; {} when it is anything else."""
    found = parsed(text)
    return found if isinstance(found, dict) else {}
