"""Packed files (.docx, .odt, .xlsx, .ofd, .zip): what they are, and whether they may be opened."""

import zipfile
from io import BytesIO

from tasks.documents.kinds import told
from tasks.documents.kinds.told import Known
from tasks.documents.packages import LONGEST_LIST, declares, main_member, root_of
from tasks.guarded.archives import BROKEN, members_fault

MANIFEST = "META-INF/manifest.xml"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
WORKBOOK = "是 Excel 表格，不是 Word 文档；审核表请用 shifan plan load 装入"
# By the first words of the member "mimetype" (OpenDocument 1.2 part 3, 3.3).
TYPES = (
    (f"{OPEN_DOCUMENT}text", Known("odt")),
    (f"{OPEN_DOCUMENT}spreadsheet", Known(words=f"是 .ods 表格，{told.NO_PLAN}；{told.SHEET}")),
    (f"{OPEN_DOCUMENT}presentation", Known(words=told.SLIDES)),
    (OPEN_DOCUMENT, Known(words=f"是 OpenDocument 图形一类的文件，{told.NO_PLAN}")),
    ("application/epub", Known(words=f"是电子书，{told.NO_PLAN}")),
)
# By how the name of a member begins that only such files have.
PLACES = (
    ("xl/workbook", Known(words=WORKBOOK)),
    ("ppt/presentation", Known(words=told.SLIDES)),
    ("OFD.xml", Known("ofd")),
    ("Index/Document.iwa", Known(words="是苹果 iWork 文件，请在 Pages 里导出为 Word 文件再读")),
    ("[Content_Types].xml", Known(words="不是 Word 文档")),
    ("", Known(words=told.ARCHIVE)),
)


def by_parts(content: bytes) -> Known:
    """Return what a packed file is; nothing when it is not packed.

    One that is broken, locked, swollen or refers to the outside is not read, whatever it is.
    """
    if not content.startswith(b"PK\x03\x04"):
        return Known()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            found = _kind(archive)
            if found.kind:
                fault = members_fault(archive) or _lock(archive) or _way_out(archive, found.kind)
                return Known(words=fault) if fault else found
            return found
    except BROKEN:
        return Known(words="已损坏或有密码，打不开")


def _kind(archive: zipfile.ZipFile) -> Known:
    names = archive.namelist()
    if "mimetype" in names:
        with archive.open("mimetype") as file:
            said = file.read(200).decode("latin-1")
        if found := next((found for start, found in TYPES if said.startswith(start)), None):
            return found
    main = main_member(archive)
    if main and (root_of(archive, main) == "document" or main.lower().startswith("word/")):
        return Known("docx")
    near = [main, *names]
    return next(found for place, found in PLACES if any(each.startswith(place) for each in near))


def _lock(archive: zipfile.ZipFile) -> str:
    """Return that an OpenDocument file has a password, which its list of parts says (part 3, 4.4)."""
    if MANIFEST not in archive.namelist():
        return ""
    with archive.open(MANIFEST) as file:
        return told.LOCKED if b"encryption-data" in file.read(LONGEST_LIST) else ""


def _way_out(archive: zipfile.ZipFile, kind: str) -> str:
    outside = any(declares(archive, each) for each in archive.namelist() if _is_read(each, kind))
    return told.OUTSIDE if outside else ""


def _is_read(member: str, kind: str) -> bool:
    """Say whether a part may be read: others may hold what they like, for nobody opens them.

    LibreOffice itself declares types in the lists of its macros, and fetches none when it reads them.
    """
    if kind == "odt":
        return member in ("content.xml", "styles.xml")
    return member.endswith((".xml", ".rels")) and not member.startswith(("customXml/", "docProps/"))
