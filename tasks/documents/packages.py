"""What a packed file (.docx, .xlsx, .odt, .ofd …) is: told by its own list of parts, not by its name."""

import posixpath
import re
import zipfile
from urllib.parse import unquote
from xml.parsers import expat

HEAD = 4096  # bytes in which a part of XML shows what it is
LONGEST_LIST = 1_000_000  # bytes of a list of parts or relations; a real one has a thousand
RELATIONS, TYPES = "_rels/.rels", "[Content_Types].xml"
MAIN = "/officeDocument"  # the end of the relation's type, transitional and strict alike (ECMA-376 15.2)
ROOT = re.compile(rb"<(?![?!])(?:[\w.-]{1,40}:)?([\w.-]{1,60})[\s/>]")  # the first element
REMARK = re.compile(rb"<!--.*?-->", re.DOTALL)


def main_member(archive: zipfile.ZipFile) -> str:
    """Return the name of the member that holds the body of an office file; "" when it has none.

    The package's relations name it (ECMA-376 part 2, 9.3): Word for the web calls it document2.xml.
    """
    names = archive.namelist()
    found = next((target for kind, target in _relations(archive) if kind.endswith(MAIN)), "")
    near = posixpath.normpath(unquote(found).replace("\\", "/")).lstrip("/")
    usual = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml")
    same = {name.replace("\\", "/").lower(): name for name in names}
    return next((same[each] for each in (near.lower(), *usual) if each in same), "")


def _relations(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return type and target of the package's relations; none where they cannot be read."""
    found: list[tuple[str, str]] = []

    def element(name: str, said: dict[str, str]) -> None:
        if name.endswith("Relationship") and said.get("TargetMode") != "External":
            found.append((said.get("Type", ""), said.get("Target", "")))

    if RELATIONS not in archive.namelist():
        return []
    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    try:
        with archive.open(RELATIONS) as file:
            parser.Parse(file.read(LONGEST_LIST), True)
    except (expat.ExpatError, LookupError, ValueError):  # no XML; in an encoding that nobody knows
        pass
    return found


def root_of(archive: zipfile.ZipFile, member: str) -> str:
    """Return the name of the first element of a part of XML, without its prefix; "" for other parts."""
    found = ROOT.search(REMARK.sub(b"", _head(archive, member)))
    return found[1].decode() if found else ""


def declares(archive: zipfile.ZipFile, member: str) -> bool:
    """Say whether a part declares a document type, which may lead outside, or hides its beginning.

    No office program writes one; a remark longer than HEAD before the first element could hide one.
    """
    start = _head(archive, member)
    return (
        b"<!DOCTYPE" in start
        or b"<!ENTITY" in start
        or len(start) == HEAD
        and not ROOT.search(start)
    )


def _head(archive: zipfile.ZipFile, member: str) -> bytes:
    with archive.open(member) as file:
        return file.read(2 * HEAD).replace(b"\0", b"")[:HEAD]  # UTF-16 looks like UTF-8 then
