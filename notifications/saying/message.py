"""A message as it leaves us: rendered, with one link, for every kind of channel."""

import re
from dataclasses import dataclass

from models.rules.audit.chain import HEAD
from notifications.markdown import shielded, unshielded

LINK_TEXT = "点此办理"
SHORTENED = "…（内容较长，已截短）"

KEPT = ("另有 ", HEAD)
LAST_LINES = 9  # of a letter: what follows its items
LEAST_WORDS = 40  # characters of a text message that say anything

_URL_GOES_ON = r"(?![\w/?&=%#~+-]|[.,:;!]\w)"
_LINK_LINE = re.compile(r"[^\[\n]*(?:\[[^\]\n]*\]\([^)\s]*\)[^\[\n]*)+")
_MARKS = (
    (re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)\)"), r"\1：\2"),  # a link keeps its address
    (re.compile(r"^\s{0,3}#{1,6}\s+", re.M), ""),
    (re.compile(r"^\s{0,3}>\s?", re.M), ""),
    (re.compile(r"^(\s*)[*+]\s+", re.M), r"\1- "),
    # Never by underlines: our own words write none, and a token in an address may hold two in a row.
    (re.compile(r"\*\*(.+?)\*\*", re.S), r"\1"),
    (re.compile(r"`+([^`]*)`+"), r"\1"),
    (re.compile(r"<[^<>\n]{1,80}>"), ""),
)


@dataclass(frozen=True, slots=True)
class Message:
    """What is said to one recipient: a subject in one line, Markdown, and at most one link.

    ``key`` stays the same when it is said again; "" where nobody would know it again. ``bare_link``
    leads where ``link`` does and is shorter, for a text that has no room for both words and ``link``.
    A text is nothing without ``must``: where it stands in the words, the link gives way to it.
    """

    subject: str
    body_markdown: str
    link: str = ""
    key: str = ""
    bare_link: str = ""
    must: str = ""

    @property
    def closing(self) -> str:
        """Return the last lines of the body that no cut may take: where the rest is, and the chain's head."""
        lines = self.body_markdown.strip().split("\n")
        return "\n\n".join(line for line in lines[-LAST_LINES:] if line.startswith(KEPT))

    def plain(self) -> str:
        """Return the body without Markdown marks, the link on a line of its own."""
        body = without_marks(self.body_markdown)
        return f"{body}\n{self.link}" if self.link and not holds(body, self.link) else body

    def short(self, limit: int = 140) -> str:
        """Return one paragraph of at most ``limit`` characters for a text message.

        Subject first, then as much of the body as fits, the link last. The link is kept whole as
        long as it fits ``limit`` at all, the shorter one where it leaves no room for words; the body's
        own links have no room.
        """
        words = self._in_one_paragraph()
        links = [one for one in (self.link, self.bare_link) if one and len(one) < limit]
        if len(links) == 2 and limit - len(self.link) <= LEAST_WORDS:
            del links[0]
        said = [(_cut(words, limit - len(f" {one}")), f" {one}") for one in links]
        said.append((_cut(words, limit), ""))
        whole = (one for one in said if self.must in one[0] or self.must not in words)
        return "".join(next(whole, said[0]))

    def _in_one_paragraph(self) -> str:
        # A line with links of ours goes; what looks like one as typed stays.
        lines = self.body_markdown.split("\n")
        kept = [line for line in lines if not _LINK_LINE.fullmatch(shielded(line))]
        body = without_marks("\n".join(kept))
        if self.link:
            body = body.replace(self.link, "").replace(LINK_TEXT, "")
        words = "；".join(filter(None, (line.strip(" -:;：；") for line in body.splitlines())))
        subject = " ".join(self.subject.split())
        return f"{subject}。{words}" if words else subject


def _cut(text: str, room: int) -> str:
    """Return ``text`` in at most ``room`` characters."""
    if len(text) <= room:
        return text
    return text[: room - 1] + "…" if room > 0 else ""


def without_marks(markdown: str) -> str:
    """Return ``markdown`` as plain text; every address in it stays readable."""
    text = shielded(markdown)
    for mark, plain in _MARKS:
        text = mark.sub(plain, text)
    return unshielded(text).strip()


def holds(text: str, link: str) -> bool:
    """Say whether ``link`` stands whole in ``text``, not only as the start of a longer one."""
    return re.search(re.escape(link) + _URL_GOES_ON, text) is not None
