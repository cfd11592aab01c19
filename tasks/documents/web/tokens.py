"""Cut the text of a web page into tags and text, as the HTML standard does (13.2.5).

Own code and no library: loading lxml takes half as long as reading a whole document, and it drops what
stands behind ``</html>``; html.parser looks for the end of a broken declaration again and again.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

Token = tuple[str, str, str]  # kind, name of the tag, its attributes or the text

TEXT, START, END, STYLE = "text", "start", "end", "style"
RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})  # hold no tags
_CODE = frozenset({"script", "style"})
PLAIN = frozenset({"textarea", "title"})  # hold no tags either, but characters by name

# Nothing is tried twice (++, *+): a tag that is not closed fails at once, at the end of the text.
_ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""
_TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+)((?:[\s/]++|{_ATTRIBUTE})*+)>")
_SAID = re.compile(r"""([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?""")
_CDATA = "<![CDATA["  # text in XML; elsewhere a comment
_NAMED = re.compile("</?[a-zA-Z]")
_ASIDE = re.compile("<(?:[!?]|/[^a-zA-Z])")
_COMMENT_END = re.compile(r"--!?>")
_HEAD = 4096  # bytes in which a page says its encoding; the standard looks at a quarter of them
_SAYS = re.compile(r"<!--.*?-->|<meta[\s/]([^>]*)>|<\?xml\s([^>]*)>", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tags and texts of a page in order; comments and scripts are passed over."""
    match = _TAG.match
    in_xml = (
        text[:100].lstrip("\ufeff \t\r\n").startswith("<?xml")
    )  # where <p/> is a whole paragraph
    at, plain_from, length = 0, 0, len(text)
    endless: set[str] = set()
    while (begin := text.find("<", at)) >= 0:
        tag = match(text, begin)
        if tag is None and not _ASIDE.match(text, begin):
            if _NAMED.match(text, begin):
                break  # a tag that is never closed: the rest is text
            at = begin + 1
            continue
        if begin > plain_from:
            yield TEXT, "", _unescaped(text[plain_from:begin])
        if tag is None and in_xml and text.startswith(_CDATA, begin):
            end = text.find("]]>", begin)
            yield TEXT, "", text[begin + len(_CDATA) : end if end >= 0 else length]
            at = plain_from = end + 3 if end >= 0 else length
            continue
        if tag is None:
            at = plain_from = _behind_aside(text, begin)
            if not at:  # never closed: a browser shows nothing of the rest
                yield from _unseen(text[begin:])
                return
            continue
        at = plain_from = tag.end()
        ends, name, said = tag.groups()
        name = name.lower()
        if ends:
            yield END, name, ""
            continue
        yield START, name, said
        if in_xml and said.endswith("/"):
            yield END, name, ""
        elif name in RAW or name in PLAIN:
            end = -1 if name in endless else _end_of(text, name, at)
            if end < 0:
                endless.add(name)  # looked for once
            if end < 0 and name in _CODE and not said.endswith("/"):
                yield from _unseen(text[at:])
                return
            inside = text[at : max(at, end)]
            at = plain_from = max(at, end)
            if name == "style":
                yield STYLE, "", inside
            elif name not in _CODE and inside:
                yield TEXT, "", _unescaped(inside) if name in PLAIN else inside
            yield END, name, ""
    if plain_from < length:
        yield TEXT, "", _unescaped(text[plain_from:])


def _unseen(text: str) -> Iterator[Token]:
    """Yield the rest of a page that a browser does not show, for what begins there never ends."""
    yield from ((START, "template", ""), (TEXT, "", text), (END, "template", ""))


@lru_cache(maxsize=1000)  # of a page saved by a program, one tag is like the other
def attributes(raw: str) -> dict[str, str]:
    """Return what a tag says, to be read only; of a name that stands twice, the first."""
    said: dict[str, str] = {}
    for found in _SAID.finditer(raw):
        value = found[2] or found[3] or found[4] or ""
        said.setdefault(found[1].lower(), _unescaped(value))
    return said


def said_charsets(content: bytes) -> list[str]:
    """Return the encodings that a page says it is written in, in order; the first one holds (HTML 13.2.3.2)."""
    said: list[str] = []
    for tag in _SAYS.finditer(content[:_HEAD].decode("latin-1")):
        says = attributes(tag[1] or tag[2] or "")
        if tag[2]:
            said.append(says.get("encoding", ""))
        elif "charset" in says:
            said.append(says["charset"])
        elif found := _CHARSET.search(says.get("content", "")):
            said.append(found[1])
    return [name.strip().lower() for name in said if name.strip()]


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    text = text.replace("&nbsp;", "\xa0")  # by far the most, and often the only one
    if "&" not in text:
        return text
    from html import unescape  # two thousand names

    return unescape(text)


def _behind_aside(text: str, begin: int) -> int:
    """Return where a comment or declaration ends, 0 when it does not."""
    if not text.startswith("<!--", begin):
        return text.find(">", begin) + 1
    if text.startswith((">", "->"), begin + 4):
        return text.index(">", begin) + 1
    found = _COMMENT_END.search(text, begin + 4)
    return found.end() if found else 0


def _end_of(text: str, name: str, at: int) -> int:
    """Return where an element ends that holds no tags; -1 where it does not: a title is empty then."""
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at)
    return found.start() if found else -1
