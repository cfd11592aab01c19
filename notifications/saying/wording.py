"""Word a message for a robot: mentions quietened, the link kept, cut to the service's bytes."""

import re
from collections.abc import Callable

from notifications.markdown import outward
from notifications.saying.message import LINK_TEXT, SHORTENED, Message, holds, without_marks
from notifications.saying.shorten import shorten, size

SUBJECT_BYTES = 180
# What a service would read as "call these people", and the same for the eye (full-width signs).
_CALLS = {
    "<@": "\uff1c@",
    "<at ": "\uff1cat ",
    "@all": "\uff20all",
    "@\u6240\u6709\u4eba": "\uff20\u6240\u6709\u4eba",
}


def fit(
    message: Message,
    limit: int,
    write: Callable[[str, str], str],
    measure: Callable[[str], int] = size,
    *,
    markdown: bool = True,
) -> str:
    """Return ``write(subject, body)`` within ``limit`` bytes, the link in it.

    The body is cut at a sentence and says so. The link goes last unless the body holds it already;
    only a link that alone does not fit is left out. ``measure`` counts what the service counts.
    """
    subject = quiet(cut_subject(message.subject))
    body = quiet(outward(message.body_markdown.strip()) if markdown else message.plain())
    link_line = f"[{LINK_TEXT}]({{link}})" if markdown else "{link}"
    written = write(subject, _with_link(body, message.link, link_line))
    if measure(written) <= limit:
        return written
    tail, end = message.link, SHORTENED
    if measure(write("", _with_link(SHORTENED, tail, link_line))) > limit:
        tail = ""
    elif message.closing:
        closing = quiet(outward(message.closing) if markdown else without_marks(message.closing))
        whole = f"{SHORTENED}\n\n{closing}"
        if measure(write(subject, _with_link(whole, tail, link_line))) <= limit:
            end, body = whole, body.replace(closing, "").rstrip()
    best, low, high = write("", _with_link(end, tail, link_line)), 0, min(size(body), limit)
    while low <= high:  # the most of the body that fits; escapes make it unforeseeable
        room = (low + high) // 2
        written = write(subject, _with_link(shorten(body, room) + end, tail, link_line))
        if measure(written) <= limit:
            best, low = written, room + 1
        else:
            high = room - 1
    return best if measure(best) <= limit else ""


def below(*parts: str) -> str:
    """Return what is said of ``parts``, one below the other."""
    return "\n".join(part for part in parts if part)


def plain_body(message: Message, room: int) -> str:
    """Return the words without marks, within ``room`` bytes."""
    return fit(message, room, lambda subject, body: body, markdown=False)


def markdown_body(message: Message) -> str:
    """Return the words in Markdown that becomes HTML: the link twice, once to be read."""
    body = re.sub(r"<(?!https?://)", "&lt;", outward(message.body_markdown))  # words, never HTML
    if not message.link:
        return body
    address = f"网址（可复制到浏览器打开）：{message.link}"  # survives where a link does not
    link = "" if holds(body, message.link) else f"\n\n[{LINK_TEXT}]({message.link})"
    return f"{body}{link}\n\n{address}"


def cut_subject(subject: str) -> str:
    """Return ``subject`` in one line of at most 180 bytes, cut as a text is."""
    line = " ".join(subject.split())
    return shorten(line, SUBJECT_BYTES - 3) + "…" if size(line) > SUBJECT_BYTES else line


def quiet(text: str) -> str:
    """Return ``text`` unable to call people: only the channel's own settings mention anybody."""
    for call, harmless in _CALLS.items():
        text = text.replace(call, harmless)
    return text


def _with_link(body: str, link: str, link_line: str) -> str:
    if not link or holds(body, link):
        return body
    return f"{body}\n\n{link_line.format(link=link)}" if body else link_line.format(link=link)
