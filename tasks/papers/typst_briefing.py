"""What only a briefing has, as typst takes it; the sizes are those of Word."""

from collections.abc import Mapping

from notifications.paper_blocks import Kind, Line, plain
from tasks.papers.typst_words import typst_runs, typst_string, typst_text
from tasks.papers.word import measures as m
from tasks.papers.word.mastheads import ARTICLE_TYPE, masthead_lines
from tasks.papers.word.title_lines import title_lines


def typst_of_briefing(line: Line, fonts: Mapping[str, str]) -> str:
    """Return a line that only a briefing has; empty for any other."""
    said, title = typst_runs(line.runs), typst_string(fonts[m.TITLE_FONT])
    if line.kind is Kind.MASTHEAD:
        return "\n".join(
            f'#align(center, text(size: {size:.1f}pt, fill: rgb("#{m.RED}"), tracking: 0pt, font: {title}, {typst_text(text)}))'
            for text, size in masthead_lines(plain(line.runs))
        )
    if line.kind is Kind.CONTENTS:
        head = typst_string(fonts[m.HEAD_FONT])
        return f"#block(sticky: true, above: {m.LINE}pt, text(font: {head}, {said}))"
    if line.kind is Kind.LISTED:
        return f'#pad(left: 1em, par(hanging-indent: 1em, "● " + {said}))'
    if line.kind is Kind.ARTICLE:
        lines = " + linebreak() + ".join(map(typst_text, title_lines(plain(line.runs))))
        return f"#block(sticky: true, width: 100%, align(center, text(size: {ARTICLE_TYPE}pt, tracking: 0pt, font: {title}, {lines})))"
    if line.kind in (Kind.CREDIT, Kind.PRINTED):
        return f"#align(right, {said})"
    if line.kind is Kind.COPIES:
        return f"#block(width: 100%, sticky: true, above: 0pt, below: 0pt, stroke: (top: 0.5pt, bottom: 0.5pt), inset: (y: 6pt), par(hanging-indent: 2em, {said}))"
    return ""
