"""An .odt or .fodt as its paper shows it: LibreOffice counts fields anew, and shows what is hidden.

A field's text stands in the file as it was when somebody saved it (OpenDocument 1.2 part 1, 7). Converted,
a date would be that of today, and what was typed into a field would be there three times.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

CONTENT = "content.xml"
# Fields whose text is kept; numbers of pages are none, and lists to choose from hold more than they show.
_FIELDS = (
    "date time title subject keywords description author-name author-initials initial-creator creator creation-date "
    "creation-time modification-date modification-time print-date print-time printed-by editing-cycles editing-duration "
    "text-input user-field-get user-field-input variable-set variable-get variable-input expression sequence "
    "sequence-ref bookmark-ref reference-ref note-ref conditional-text database-display database-name file-name "
    "template-name chapter measure dde-connection execute-macro user-defined word-count paragraph-count character-count "
    "table-count image-count object-count sender-[a-z-]{3,20}"
).replace(" ", "|")
FIELD = re.compile(rf"<(/?)text:(?:{_FIELDS})(?=[\s/>])(?:[^<>/]|/(?!>))*+(/?)>".encode())
_HIDDEN = rb"text:is-hidden\s*=\s*[\"']true[\"']"
HIDDEN_TEXT = re.compile(
    rb"<text:hidden-text(?=\s)(?=[^<>]*" + _HIDDEN + rb")[^<>]*>[^<]*</text:hidden-text>"
)
HIDDEN_MARK = re.compile(rb"<text:hidden-paragraph(?=\s)(?=[^<>]*" + _HIDDEN + rb")[^<>]*>")
SECTION = re.compile(rb"<text:section(?=[\s>])[^<>]*>|</text:section>")
UNSEEN = re.compile(rb"text:display\s*=\s*[\"']none[\"']|" + _HIDDEN)
PARAGRAPH = re.compile(rb"</?text:[ph](?=[\s/>])[^<>]*>")


def as_on_paper(content: bytes) -> bytes:
    """Return the file with its fields as plain text, and without what it hides; what it is without any."""
    if not content.startswith(b"PK"):
        return _shown(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if CONTENT not in archive.namelist():
            return content
        before = archive.read(CONTENT)
        after = _shown(before)
        if after == before:
            return content
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
            for name in dict.fromkeys(archive.namelist()):
                new.writestr(name, after if name == CONTENT else archive.read(name))
    return made.getvalue()


def _shown(xml: bytes) -> bytes:
    xml = FIELD.sub(rb"<\1text:span\2>", xml)
    if b"text:is-hidden" in xml or b"text:section" in xml:
        xml = HIDDEN_TEXT.sub(b"", xml)
        xml = _without(xml, _hidden_sections(xml))
        xml = _without(xml, _hidden_paragraphs(xml))
    return xml


def _without(xml: bytes, spans: Iterator[tuple[int, int]]) -> bytes:
    kept, end = list[bytes](), 0
    for start, stop in spans:
        kept.append(xml[end:start])
        end = stop
    return b"".join([*kept, xml[end:]])


def _hidden_sections(xml: bytes) -> Iterator[tuple[int, int]]:
    """Yield where a section begins that is hidden, and where it ends with all that are in it."""
    depth, hidden = 0, 0
    start = -1
    for tag in SECTION.finditer(xml):
        if tag[0].startswith(b"</"):
            if start >= 0 and depth == hidden:
                yield start, tag.end()
                start = -1
            depth -= 1
        elif not tag[0].endswith(b"/>"):
            depth += 1
            if start < 0 and UNSEEN.search(tag[0]):
                start, hidden = tag.start(), depth


def _hidden_paragraphs(xml: bytes) -> Iterator[tuple[int, int]]:
    """Yield where paragraphs with a mark that hides them begin and end; those in a frame are left alone."""
    marks = [found.start() for found in HIDDEN_MARK.finditer(xml)]
    start, at = -1, 0
    for tag in PARAGRAPH.finditer(xml) if marks else ():
        if tag[0].startswith(b"</"):
            while at < len(marks) and marks[at] < max(start, 0):
                at += 1
            if start >= 0 and at < len(marks) and marks[at] < tag.start():
                yield start, tag.end()
            start = -1
        elif not tag[0].endswith(b"/>"):
            start = tag.start()
