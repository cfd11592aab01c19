"""Text that somebody typed, put into Markdown: it shows as typed, whatever Markdown would make of it.

Tried against what reads our Markdown: both UIs of Prefect (V1: marked; V2: remark with GFM, which
looks for addresses once more when the escapes are gone), CommonMark, and people who read a checklist
raw. So only what would have an effect where it stands is escaped, and ordinary names stay bare.
"""

import html
import re

# An address becomes a link in spite of an escape in it. A comment shows nothing, and parts it.
PARTED = "<!-- -->"
PUNCTUATION = "".join(c for c in map(chr, range(33, 127)) if not c.isalnum())
WIDE = {c: chr(ord(c) + 0xFEE0) for c in PUNCTUATION}  # the same for the eye
_SHIELDS = {c: chr(0xFDD0 + n) for n, c in enumerate(PUNCTUATION)}  # stand for no character
_UNSHIELDED = {ord(shield): c for c, shield in _SHIELDS.items()}

_BREAK = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_PLAIN = re.compile(r"[^\W_](?:[^\W_]|[-/,\u3001-\u301b\uff00-\uff5e])*")
_PART = r"(?<=[A-Za-z0-9+.-])(?=://)|(?<=[Ww]{3})(?=\.)|(?<=[!-~])(?=@[A-Za-z0-9_-]*\.)"
_MARK = "|".join(
    (
        r"[\\`*~|]",
        r"(?<![^\W_])_|_(?![^\W_])",  # within a word (W5_1) it means nothing
        r"\](?=[(\[:])",  # without it no link, image, reference or definition closes
        r"<(?=[A-Za-z/!?])",
        r"&(?=#?[A-Za-z0-9]+;)",
        r"!(?=\[)",
    )
)
_ACTIVE = re.compile(f"(?P<part>{_PART})|{_MARK}")
# Nothing on the line yet but what opens a quotation, an item, a box or a heading.
_BEGINS = re.compile(
    r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)*(?:#{1,6}[ \t]+)?"
)
_OPENERS = re.compile(r"#{1,6}\s|>|[-+]\s|[-=:+ ]*[-=:+]\s*$|\[[ xX]\]\s")
_NUMBER = re.compile(r"\d{1,9}(?=[.)]\s)", re.ASCII)
_CLOSING_HASHES = re.compile(r"(?<=\s)#+(?=\n|$)")
_ESCAPED = re.compile(rf"\\([{re.escape(PUNCTUATION)}])|{PARTED}(.)")
_IN_HTML = {ord(c): f"&#{ord(c)};" for c in "\\`*_[]~|!"}


class Markdown(str):
    """Markdown of our own: a template takes it as it is, where it escapes any other text."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return it unchanged: this is how Jinja2 asks."""
        return self


def one_line(text: str) -> str:
    """Return ``text`` with each line break, and the blanks around it, as one blank."""
    text = text.replace("\0", "\ufffd")
    if not _BREAK.search(text):
        return text
    return " ".join(part for line in _BREAK.split(text) if (part := line.strip(" \t")))


def typed(text: str, before: str = "", after: str = "\n") -> str:
    """Return ``text`` as Markdown that shows it as typed, in one line.

    ``before`` and ``after`` are the rest of its line: what has an effect depends on them. Between
    the brackets of a link of ours its own brackets are said full-width: V1 takes escapes off there.
    """
    if _PLAIN.fullmatch(text) and after[:1] not in (".", ":", "@", ")"):
        return text  # most of what an office writes: there is nothing to look for
    text = one_line(text)
    if before.rfind("[") > before.rfind("]"):
        text = text.replace("[", WIDE["["]).replace("]", WIDE["]"])
    begins = _BEGINS.fullmatch(before) is not None
    if begins:
        text = text.lstrip(" \t")
    if after[:1] in ("", "\n"):
        text = text.rstrip(" \t")
    found = _active(text, before, after)
    if begins and text:
        found |= _opening(text, after)
    if before.lstrip(" >").startswith("#") and (last := _CLOSING_HASHES.search(text)):
        found[last.start()] = "\\"
    parts, done = [], 0
    for place in sorted(found):
        parts += [text[done:place], found[place]]
        done = place
    return "".join([*parts, text[done:]])


def _active(text: str, before: str, after: str) -> dict[int, str]:
    """Return what goes before which character of ``text``, wherever it stands on a line."""
    found = {}
    for mark in _ACTIVE.finditer(before + text + after):
        place = mark.start() - len(before)
        part = mark["part"] is not None
        if 0 <= place < len(text) + part:
            found[place] = PARTED if part else "\\"
    return found


def _opening(text: str, after: str) -> dict[int, str]:
    """Return the escape that keeps ``text``, the first on its line, from opening a block."""
    whole = text + (after or "\n")
    if number := _NUMBER.match(whole):
        return {number.end(): "\\"}
    return {0: "\\"} if _OPENERS.match(whole) else {}


def typed_in_html(text: str) -> str:
    """Return ``text`` for a line of HTML in Markdown, inside a tag or between two."""
    return html.escape(one_line(text)).translate(_IN_HTML)


def outward(markdown: str) -> str:
    """Return ``markdown`` for services that know no escapes: what was escaped is said full-width."""
    return _ESCAPED.sub(lambda found: WIDE.get(found[1] or found[2], found[2]), markdown)


def harmless(text: str) -> str:
    """Return ``text`` for a place that some read as Markdown and some do not; one line, few changes."""
    return outward(typed(text))


def shielded(markdown: str) -> str:
    """Return ``markdown`` with what is escaped out of the way of a search for marks.

    An address that somebody typed is said full-width: a phone would make a link of it.
    """
    return _ESCAPED.sub(
        lambda found: _SHIELDS[found[1]] if found[1] else WIDE.get(found[2], found[2]), markdown
    )


def unshielded(text: str) -> str:
    """Return what `shielded` put out of the way, as it was typed."""
    return text.translate(_UNSHIELDED)
