"""What a packed file (.docx, .xlsx, .odt, .ofd …) is: told by its own list of parts, not by its name."""

import posixpath
import re
import zipfile
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import unquote
from xml.parsers import expat

HEAD = 4096  # bytes in which a part of XML shows what it is
LONGEST_LIST = 1_000_000  # bytes of a list of parts or relations; a real one has a thousand
RELATIONS, TYPES = "_rels/.rels", "[Content_Types].xml"
MAIN = "/officeDocument"  # the end of the relation's type, transitional and strict alike (ECMA-376 15.2)
ROOT = re.compile(rb"<(?![?!])(?:[\w.-]{1,40}:)?([\w.-]{1,60})[\s/>]")  # the first element
# Remarks and instructions, in which anything may stand; one that does not end hides what comes.
REMARK = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
ENCODING = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})""")


class Relation(NamedTuple):
    """One line of a list of relations (ECMA-376 part 2, 9.3): its id, its type and what it leads to."""

    key: str
    kind: str
    target: str


def main_member(archive: zipfile.ZipFile) -> str:
    """Return the name of the member that holds the body of an office file; "" when it has none.

    The package's relations name it (ECMA-376 part 2, 9.3): Word for the web calls it document2.xml.
    """
    names = archive.namelist()
    found = next((each.target for each in _relations(archive) if each.kind.endswith(MAIN)), "")
    near = posixpath.normpath(found).lstrip("/")
    usual = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml")
    same = {name.replace("\\", "/").lower(): name for name in names}
    return next((same[each] for each in (near.lower(), *usual) if each in same), "")


def _relations(archive: zipfile.ZipFile) -> list[Relation]:
    if RELATIONS not in archive.namelist():
        return []
    with archive.open(RELATIONS) as file:
        return relations_in(file.read(LONGEST_LIST))


def relations_in(content: bytes) -> list[Relation]:
    """Return what a list of relations leads to within the package, as far as it can be read."""
    found: list[Relation] = []

    def element(name: str, said: dict[str, str]) -> None:
        if name.endswith("Relationship") and said.get("TargetMode") != "External":
            key, kind, target = (said.get(each, "") for each in ("Id", "Type", "Target"))
            found.append(Relation(key, kind, unquote(target).replace("\\", "/")))

    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    named = ENCODING.match(content)
    with suppress(expat.ExpatError, LookupError, ValueError):  # no XML; an encoding nobody knows
        parser.Parse(content.decode(named[1].decode(), "replace") if named else content, True)
    return found


def root_of(archive: zipfile.ZipFile, member: str) -> str:
    """Return the name of the first element of a part of XML, without its prefix; "" for other parts."""
    found = ROOT.search(REMARK.sub(b"", _head(archive, member)))
    return found[1].decode() if found else ""


def declares(archive: zipfile.ZipFile, member: str) -> bool:
    """Say whether a part declares a document type, which may lead outside, or hides its beginning.

    No office program writes one; a remark longer than HEAD before the first element could hide one.
    """
    whole = _head(archive, member)
    start = REMARK.sub(b"", whole)
    return (
        b"<!DOCTYPE" in start
        or b"<!ENTITY" in start
        or len(whole) == HEAD
        and not ROOT.search(start)
    )


def _head(archive: zipfile.ZipFile, member: str) -> bytes:
    with archive.open(member) as file:
        return file.read(2 * HEAD).replace(b"\0", b"")[:HEAD]  # UTF-16 looks like UTF-8 then
