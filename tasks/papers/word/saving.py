"""Save a Word file so that the same content is the same bytes, with days of our own in its properties."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

_EPOCH = (1980, 1, 1, 0, 0, 0)  # what a zip can say at the least


def saved(document: Any, title: str, made_at: datetime, author: str) -> bytes:
    """Return the bytes of ``document``, created and changed at ``made_at``.

    python-docx would say that it was created on 2013-12-23, which looks made up to whoever checks.
    """
    own = document.core_properties
    instant = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    own.created = own.modified = instant
    own.title, own.author, own.last_modified_by = title[:255], author[:255], author[:255]
    own.comments = own.keywords = own.subject = own.category = ""
    own.revision, own.language = 1, "zh-CN"
    raw = BytesIO()
    document.save(raw)
    return same_bytes(raw.getvalue())


def same_bytes(content: bytes) -> bytes:
    """Return a package with the same members in the same order and no clock in it."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as given, zipfile.ZipFile(made, "w") as fixed:
        for member in given.infolist():
            entry = zipfile.ZipInfo(member.filename, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            fixed.writestr(entry, given.read(member), compresslevel=6)
    return made.getvalue()
