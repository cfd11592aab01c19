"""Files that show what they are by their first bytes, and those that only their name tells apart."""

from tasks.documents.kinds import told
from tasks.documents.kinds.told import Known

PDF_WITHIN = 1024  # bytes; readers of PDF look for its sign that far (ISO 32000-1, annex H)
# Where a sign stands, the sign, and what is said of such a file.
SIGNS = (
    (0, b"{\\rtf", Known("rtf")),
    (0, b"\xdb\xa5-\0", Known("doc")),  # Word 2
    (0, b"\xdc\xa5", Known("doc")),  # Word 6, not packed
    (0, b"MZ\x90\0", Known(words=f"是程序，{told.NO_PLAN}")),
    (0, b"Rar!\x1a\x07", Known(words=told.ARCHIVE)),
    (0, b"7z\xbc\xaf\x27\x1c", Known(words=told.ARCHIVE)),
    (0, b"\x1f\x8b\x08", Known(words=told.ARCHIVE)),
    (0, b"BZh", Known(words=told.ARCHIVE)),
    (0, b"\xfd7zXZ\0", Known(words=told.ARCHIVE)),
    (0, b"MSCF", Known(words=told.ARCHIVE)),
    (0, b"PK\x05\x06", Known(words="是空的压缩包")),
    (257, b"ustar", Known(words=told.ARCHIVE)),
    (0, b"\x89PNG\r\n\x1a\n", Known("picture")),
    (0, b"\xff\xd8\xff", Known("picture")),
    (0, b"GIF8", Known("picture")),
    (0, b"II*\0", Known("picture")),
    (0, b"MM\0*", Known("picture")),
    (8, b"WEBP", Known("picture")),
    (4, b"ftypheic", Known(words=told.HEIC)),
    (4, b"ftypmif1", Known(words=told.HEIC)),
    (4, b"ftyp", Known(words=f"是音像文件，{told.NO_PLAN}")),
    (0, b"ID3", Known(words=f"是音像文件，{told.NO_PLAN}")),
    (0, b"Founder CEB", Known(words="是 CEB 版式文件，请用方正阅读器打开，另存为 PDF 再读")),
    (0, b"%!PS", Known(words="是 PostScript 文件，请转成 PDF 再读")),
    (0, b"SQLite format 3\0", Known(words=f"是数据库文件，{told.NO_PLAN}")),
    (0, b"\x7fELF", Known(words=f"是程序，{told.NO_PLAN}")),
)
# For what its bytes do not tell: the name's ending, and what is said.
NAMES = (
    ((".csv", ".tsv"), f"是 CSV 表格，{told.NO_PLAN}；{told.SHEET}"),
    ((".xls", ".et", ".xlt", ".ett"), told.OLD_SHEET),
    ((".xlsx", ".xlsm", ".xlsb", ".ods"), f"是表格，{told.NO_PLAN}；{told.SHEET}"),
    ((".ppt", ".pptx", ".dps", ".pps"), told.SLIDES),
    ((".eml",), f"是电子邮件，{told.MAIL}"),
    ((".msg",), f"是 Outlook 邮件，{told.MAIL}"),
    ((".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz", ".cab"), told.ARCHIVE),
    ((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic"), told.PICTURE),
    ((".ofd",), "是 OFD 版式文件，请用 OFD 阅读器或 WPS 打开，另存为 PDF 或 Word 再读"),
    ((".ceb", ".sep", ".gd"), "是版式公文，请用它的阅读器打开，另存为 PDF 再读"),
    ((".caj", ".kdh", ".nh"), "是知网的文献，请用 CAJViewer 打开，另存为 PDF 再读"),
    ((".uof", ".uot"), f"是标文通文件，{told.AS_WORD}"),
    ((".exe", ".dll", ".bat", ".com"), f"是程序，{told.NO_PLAN}"),
)


def by_sign(content: bytes, suffix: str) -> Known:
    """Return what the first bytes of a file tell, nothing for one without a sign of its own."""
    pdf = content.find(b"%PDF-", 0, PDF_WITHIN)
    if pdf == 0 or pdf > 0 and (suffix == ".pdf" or not content[:pdf].strip()):
        return Known("pdf")
    return next((found for at, sign, found in SIGNS if content.startswith(sign, at)), Known())


def by_name(suffix: str) -> Known:
    """Return what the ending of a file's name says; nothing for an ending that says nothing."""
    return next((Known(words=words) for endings, words in NAMES if suffix in endings), Known())
