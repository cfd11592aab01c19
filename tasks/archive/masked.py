"""Lists that this program wrote, as they go into an archive: with no personal number and no mail address."""

import io
import zipfile
from pathlib import Path

from models.rules.archive.privacy import without_persons

TEXTS = (".md", ".json", ".txt")
STRINGS = "xl/sharedStrings.xml"  # where a workbook of ours has all its texts
SUFFIXES = (".xlsx", *TEXTS)


def masked_list(path: Path) -> bytes:
    """Return the content of a workbook or a text of ours, masked; the file stays as it is.

    Raises zipfile.BadZipFile for a workbook that is none.
    """
    if path.suffix in TEXTS:
        return without_persons(path.read_text(encoding="utf-8")).encode()
    masked = io.BytesIO()
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(masked, "w") as copy:
        for member in book.infolist():
            content = book.read(member)
            if member.filename == STRINGS:
                content = without_persons(content.decode()).encode()
            copy.writestr(member, content, compress_type=zipfile.ZIP_DEFLATED)
    return masked.getvalue()
