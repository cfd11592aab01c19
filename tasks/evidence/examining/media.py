"""What kind of file something is, by what it holds: first bytes, the parts of a package, the streams within."""

import re
import zipfile
from io import BytesIO

from tasks.guarded.archives import BROKEN, has_stream
from tasks.guarded.compound import SIGNATURE

PDF_WITHIN = 1024  # bytes; readers of PDF look for its sign that far (ISO 32000-1, annex H)
HEAD = 65_536  # bytes in which a text shows what it is
# Where a sign stands, the sign, and what has it.
SIGNS = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"GIF8", "gif"),
    (0, b"II*\0", "tif"),
    (0, b"MM\0*", "tif"),
    (8, b"WEBP", "webp"),
    (8, b"AVI ", "avi"),
    (8, b"WAVE", "wav"),
    (4, b"ftypheic", "heic"),
    (4, b"ftypheix", "heic"),
    (4, b"ftypmif1", "heic"),
    (4, b"ftypheim", "heic"),
    (4, b"ftypheis", "heic"),
    (4, b"ftyphevc", "heic"),
    (4, b"ftypavif", "avif"),
    (4, b"ftypavis", "avif"),
    (4, b"ftyp", "mp4"),
    (4, b"moov", "mp4"),
    (4, b"wide", "mp4"),  # old QuickTime
    (4, b"mdat", "mp4"),
    (0, b"\x1aE\xdf\xa3", "mkv"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv"),
    (0, b"FLV\x01", "flv"),
    (0, b"\0\0\x01\xba", "mpg"),
    (0, b"\0\0\x01\xb3", "mpg"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (0, b"\xff\xf2", "mp3"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
    (0, b"#!AMR", "amr"),
    (0, b"OggS", "ogg"),
    (0, b"fLaC", "flac"),
    (0, b"\xd7\xcd\xc6\x9a", "wmf"),
    (40, b" EMF", "emf"),  # [MS-EMF] 2.3.4.2
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"\x1f\x8b\x08", "gz"),
    (257, b"ustar", "tar"),
    (0, b"{\\rtf", "rtf"),
    (0, b"\xdb\xa5-\0", "doc"),  # Word 2
    (0, b"\xdc\xa5", "doc"),  # Word 6, not packed
    (0, b"L\0\0\0\x01\x14\x02\0", "lnk"),  # [MS-SHLLINK] 2.1
    (0, b"[InternetShortcut]", "url"),
    (0, b"MZ", "exe"),
    (0, b"\x7fELF", "exe"),
    (0, b"PK\x05\x06", "zip"),
)
STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
# By how the name of a member begins that only such packages have.
PARTS = (
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("OFD.xml", "ofd"),
)
TYPES = (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|p)\b", re.I | re.S)  # fmt: skip
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,100}")


def media_of(content: bytes) -> str:
    """Return the kind of a file (pdf, docx, png ...), "locked" for an office file with a password, "" when unknown."""
    if b"%PDF-" in content[:PDF_WITHIN]:
        return "pdf"
    if content.startswith(b"BM") and int.from_bytes(content[2:6], "little") == len(content):
        return "bmp"
    for place, sign, media in SIGNS:
        if content.startswith(sign, place):
            return media
    if content.startswith(b"PK\x03\x04"):
        return _of_package(content)
    if content.startswith(SIGNATURE):
        return next((media for name, media in STREAMS if has_stream(content, name)), "")
    return _of_text(content)


def _of_package(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    said = file.read(100)
                rest = said.removeprefix(OPEN_DOCUMENT).decode("latin-1")
                if said.startswith(OPEN_DOCUMENT):
                    return next((media for word, media in TYPES if rest.startswith(word)), "zip")
    except BROKEN:  # one that is cut off still names its first parts
        cut = [name for name, _ in PARTS if name.encode() in content]
        names = ["[Content_Types].xml", *cut]
    office = "[Content_Types].xml" in names or any(name == "OFD.xml" for name in names)
    for start, media in PARTS:
        if office and any(name.startswith(start) for name in names):
            return media
    return "zip"


def _of_text(content: bytes) -> str:
    head = content[:HEAD]
    two = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not two and b"\0" in head:
        return ""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _HTML.match(plain):
        return "html"
    if plain.lstrip().startswith(b"<?xml"):
        return "xml"
    said = plain.replace(b"\r\n", b"\n")
    if found := _HEADER.match(said):
        keys = found[0].lower()
        if b"mime-version:" in keys or b"from:" in keys and b"to:" in keys:
            return "mht" if b"multipart/related" in said[:4000].lower() else "eml"
    odd = sum(letter < 9 or 13 < letter < 32 for letter in plain[:4096])
    return "txt" if plain and odd * 20 < len(plain[:4096]) else ""
