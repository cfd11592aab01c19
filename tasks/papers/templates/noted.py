"""Numbers in an office's template that know where they come from; only ever used in the guarded worker."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STYLE = (
    "PaperSources"  # as in our own layout: what has it is beside the text when a paper is counted
)
HEAD = "资料来源："
SMALL = 9  # points


class WithSource(str):
    """A number as it is printed, with what it comes from."""

    __slots__ = ("note",)
    note: str


def with_notes(value: Any) -> Any:
    """Return plain values with a `WithSource` for each pair of a text and its source."""
    if isinstance(value, tuple):
        noted = WithSource(value[0])
        noted.note = value[1]
        return noted
    if isinstance(value, list):
        return [with_notes(one) for one in value]
    if isinstance(value, dict):
        return {name: with_notes(one) for name, one in value.items()}
    return value


class PrintedNotes:
    """The sources of what a template printed, numbered in that order; equal ones have one number."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], int] = {}

    def seen(self, value: Any) -> Any:
        """Return ``value`` as it is, its source kept where it has one."""
        if isinstance(value, WithSource):
            self.number_of(value)
        return value

    def marked(self, value: Any) -> Any:
        """Return ``value`` with the number of its source behind it; what has none as it is."""
        return f"{value}[{self.number_of(value)}]" if isinstance(value, WithSource) else value

    def number_of(self, value: WithSource) -> int:
        """Return the number of a source."""
        return self._found.setdefault((str(value), value.note), len(self._found) + 1)

    def list_in(self, document: Any) -> None:
        """Put the sources at the end of ``document``, a line each; nothing where nothing was printed."""
        from docx.oxml.ns import qn
        from docx.shared import Pt

        before = HEAD
        for (text, note), number in self._found.items():
            line = document.add_paragraph()
            said = "".join(
                c if c.isprintable() else " " for c in f"{before}[{number}] {text}：{note}"
            )
            line.add_run(said).font.size = Pt(SMALL)
            about = line.paragraph_format
            about.first_line_indent = about.space_before = about.space_after = 0
            about.line_spacing = 1.0
            style = line._p.get_or_add_pPr().get_or_add_pStyle()
            style.set(qn("w:val"), STYLE)
            before = ""
