"""Lay a draft out as a Word file: the same draft and moment give the same bytes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from notifications.paper_blocks import Draft, Grid, Kind, Line, kept_with_next, plain
from tasks.papers.kept_together import kept_together
from tasks.papers.table_sources import sourced_by_row
from tasks.papers.word import measures as m
from tasks.papers.word.elements import Element, keep_with_next, made, paragraph
from tasks.papers.word.font_table import put_fonts
from tasks.papers.word.footnotes import Footnotes
from tasks.papers.word.grids import keep_last_rows, table
from tasks.papers.word.lines import paragraphs
from tasks.papers.word.listed_sources import ListedSources
from tasks.papers.word.page import set_page
from tasks.papers.word.pictures import picture
from tasks.papers.word.red_heads import red_head
from tasks.papers.word.saving import saved
from tasks.papers.word.styles import NORMAL, put_styles

# What python-docx's template brings and no paper needs: its picture, a second set of styles, a bibliography.
_UNUSED = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.NUMBERING,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)


def word_file(draft: Draft, made_at: datetime, author: str) -> bytes:
    """Return ``draft`` as a .docx, created and changed at ``made_at`` by ``author`` (a post or an office)."""
    document = docx.Document()
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, one in rels.items() if one.reltype in _UNUSED]:
            del rels[key]
    put_styles(document)
    put_fonts(document)
    set_page(document, wide=draft.wide)
    notes = Footnotes()
    body = document.element.body
    end = body.find(qn("w:sectPr"))
    for element in _laid_out(document, draft, notes):
        end.addprevious(element)
    notes.put(document)
    return saved(document, draft.title, made_at, author)


def _gap(*, kept: bool = False) -> Element:
    """Return a low line that keeps a table off the text above and below it; ``kept`` with what follows."""
    low = made("spacing", before=0, after=0, line=m.twips(6), lineRule="exact")
    return paragraph(NORMAL, properties=(*([made("keepNext")] if kept else []), low))


def _table(grid: Grid, listed: ListedSources, *, wide: bool) -> Iterator[Element]:
    """Yield a table with its list of sources, whose beginning stands on the page of the last rows."""
    laid_out = table(grid, listed, wide=wide)
    together = kept_together(grid, listed.sources, wide=wide)
    keep_last_rows(laid_out, together.rows)
    yield from (_gap(kept=True), laid_out, _gap(kept=together.rows > 0))
    yield from listed.listed(together.sources)


def _laid_out(document: Any, draft: Draft, notes: Footnotes) -> Iterator[Element]:
    if draft.red_head:
        yield from red_head(draft.red_head)
    lines = [one for one in draft.blocks if isinstance(one, Line)]
    day = next((plain(one.runs) for one in lines if one.kind is Kind.SIGNED_ON), "")
    kept = kept_with_next(draft.blocks)
    for number, block in enumerate(draft.blocks):
        if isinstance(block, Line):
            made_of_it = paragraphs(block, notes, day)
            if number in kept:
                keep_with_next(made_of_it[-1])
            yield from made_of_it
        elif isinstance(block, Grid):
            yield from _table(sourced_by_row(block), ListedSources(number), wide=draft.wide)
        else:
            yield from picture(document, block)
