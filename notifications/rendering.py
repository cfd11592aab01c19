"""Render templates: what somebody typed is shown as typed, in Markdown, in SVG and in plain text.

A template is named ``….md.j2``, ``….svg.j2`` or ``….txt.j2``, and that decides how a text is put in:
a new template is safe without a word in it. Only `Markdown` goes in as it is.
"""

import re
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup

from models.rules.said import inside
from notifications.markdown import Markdown, typed, typed_in_html

TEMPLATES = Path(__file__).parent / "templates"
_URL = "%:/?#@$&'+,;=~"  # what stays in an address; a bracket or a blank would end the link
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A value waits outside until its page is made: how it is escaped depends on the rest of its line.
_VALUES: ContextVar[list[str]] = ContextVar("values")
_PLACE = re.compile("\ufdd0([0-9]+)\ufdd1")
_HTML_LINE = re.compile(r"[ \t>]*<[A-Za-z/!?]")
_OPEN_TAG = re.compile(r"<[A-Za-z/][^<>\n]*$")


def render(template: str, **facts: Any) -> str:
    """Return ``template`` (a path under templates/) filled with ``facts``.

    Raises jinja2.UndefinedError, naming the fact, when one is missing: a message never says "None".
    """
    kind = template.removesuffix(".j2").rpartition(".")[2]
    found = _environment(kind).get_template(template)
    if kind != "md":
        return found.render(**facts)
    before = _VALUES.set([])
    try:
        return _filled(found.render(**facts), _VALUES.get())
    finally:
        _VALUES.reset(before)


@cache
def _environment(kind: str) -> Environment:
    finish: dict[str, Callable[..., Any]] = {"md": _put_aside, "svg": _xml_only}
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=kind != "txt",
        finalize=finish.get(kind),
    )
    environment.filters["cell"] = lambda value: "—" if value in (None, "") else value
    environment.filters["inside"] = inside
    environment.filters["address"] = lambda url: Markdown(quote(url, safe=_URL))
    return environment


def _xml_only(value: Any) -> Any:
    """Return ``value`` without the characters that no XML may hold."""
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value


@pass_context  # only so that Jinja2 does not ask for a constant when it compiles
def _put_aside(_context: Any, value: Any) -> Markup:
    """Keep ``value`` for `_filled` and return its place."""
    if isinstance(value, Markup):  # made by a macro or a block: its values are put aside already
        return value
    values = _VALUES.get()
    values.append(value if isinstance(value, Markdown) else str(value))
    return Markup(f"\ufdd0{len(values) - 1}\ufdd1")


def _filled(page: str, values: list[str]) -> str:
    """Return ``page`` with every value in its place, escaped as its line demands."""
    pieces = _pieces(page, values)
    made, line = [], _LastLine()
    for n, piece in enumerate(pieces):
        if not isinstance(piece, Markdown):
            rest = pieces[n + 1].partition("\n")[0] if n + 1 < len(pieces) else ""
            inside = line.inside_html
            piece = typed_in_html(piece) if inside else typed(piece, line.text, rest + "\n")
        made.append(piece)
        line.go_on(piece)
    return "".join(made)


def _pieces(page: str, values: list[str]) -> list[str]:
    """Return ``page`` in order: our own Markdown, and what was typed; neighbours are one piece."""
    parts = _PLACE.split(page)  # ours, a place, ours, a place ...
    told = [values[int(part)] if n % 2 else Markdown(part) for n, part in enumerate(parts)]
    return [
        Markdown("".join(some)) if ours else "".join(some)
        for ours, some in groupby(filter(None, told), key=lambda one: isinstance(one, Markdown))
    ]


class _LastLine:
    """The last line of a page that grows."""

    def __init__(self) -> None:
        self.text = ""
        self._html_block = False

    def go_on(self, text: str) -> None:
        """Put ``text`` at the end of the page."""
        first, *others = text.split("\n")
        self.text += first
        for other in others:
            begun = self._html_block or bool(_HTML_LINE.match(self.text))
            self._html_block = begun and bool(self.text.strip())  # a blank line ends it
            self.text = other

    @property
    def inside_html(self) -> bool:
        """Say whether what comes next is read as HTML: in a block of it, or within a tag."""
        line = self.text
        return bool(self._html_block or _HTML_LINE.match(line) or _OPEN_TAG.search(line))
