"""Look into what is written in letters: plain text, web pages."""

import re

from lxml import etree, html

from models.rules.evidence.examined import Hindrance
from tasks.documents.decoding import decode
from tasks.documents.faults import DocumentError
from tasks.evidence.examining.seen import SeenFile, Unseen

LARGEST = 20_000_000  # bytes that are looked at
_SAID = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_APART = frozenset(
    {"p", "br", "div", "li", "tr", "td", "th", "title", "section", "article", "dt", "dd"}
    | {f"h{level}" for level in range(1, 7)}
)
_UNSEEN = frozenset({"script", "style", "noscript", "template"})


def see_text(content: bytes) -> SeenFile:
    """Look into plain text, whatever its encoding."""
    seen = SeenFile()
    try:
        text = decode(content[:LARGEST])
    except DocumentError:
        raise Unseen(Hindrance.UNREADABLE, "的文字编码认不出来，请另存为 UTF-8 文本") from None
    seen.add(text.replace("\0", ""))
    return seen


def see_page(content: bytes) -> SeenFile:
    """Look into a web page: what it shows, without its scripts."""
    seen = SeenFile()
    seen.add(page_text(content))
    return seen


def page_text(content: bytes, charset: str = "") -> str:
    """Return what a web page shows, a line for each block; ``charset`` is what its server said."""
    named = [charset.encode()] if charset else []
    named += [found[1] for found in [_SAID.search(content[:4096])] if found]
    try:
        text = decode(
            content[:LARGEST], [name.decode("ascii", "replace").lower() for name in named]
        )
    except DocumentError:
        raise Unseen(Hindrance.UNREADABLE, "的文字编码认不出来") from None
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", ""))
    if not text.strip():
        return ""
    try:
        root = html.fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, ValueError):
        return ""
    out: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in _UNSEEN
            if not hidden:
                out.append("\n" if tag in _APART else "")
                out.append(element.text or "")
            continue
        if event == "end":
            hidden -= tag in _UNSEEN
            if tag in _APART:
                out.append("\n")
        if not hidden:
            out.append(element.tail or "")
    lines = (" ".join(line.split()) for line in "".join(out).splitlines())
    return "\n".join(line for line in lines if line)
