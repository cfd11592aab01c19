"""A package written as one file of XML (pkg:package), taken apart into its parts."""

import base64
import binascii
from typing import Any

from lxml import etree

PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
MOST_PARTS = 5000
PICTURES = "word/media/"  # nobody reads them


def flat_parts(root: Any) -> dict[str, bytes]:
    """Return the parts of a flat package by name; of two with one name the first."""
    parts: dict[str, bytes] = {}
    for part in root.iterchildren(f"{PKG}part"):
        name = (part.get(f"{PKG}name") or "").lstrip("/")
        if name and name not in parts and len(parts) < MOST_PARTS:
            parts[name] = _content(part, name)
    return parts


def _content(part: Any, name: str) -> bytes:
    tree, packed = part.find(f"{PKG}xmlData/*"), part.find(f"{PKG}binaryData")
    if tree is not None:
        return bytes(etree.tostring(tree, encoding="UTF-8", with_tail=False))
    if packed is None or name.startswith(PICTURES):
        return b""
    try:
        return base64.b64decode("".join((packed.text or "").split()))
    except (binascii.Error, ValueError):
        return b""
