"""What a code shows where its font does not say whose characters it has."""

from typing import Any

from pdfminer.cmapdb import CMapDB

# The predefined encodings by how their names begin, and the characters they lead to (ISO 32000-1, table 118).
_COLLECTIONS = (
    (("GB", "UniGB"), "Adobe-GB1"),
    (("B5", "HK", "ET", "CNS", "UniCNS"), "Adobe-CNS1"),
    (("KSC", "UniKS"), "Adobe-Korea1"),
    (("UniJIS", "83pv", "90", "Add", "EUC", "Ext"), "Adobe-Japan1"),
)
_JAPANESE = ("H", "V")


def by_encoding(font: Any, code: int) -> str:
    """Return what ``code`` shows by the name of the font's encoding; "" where that does not say.

    Some programs lock a file and write the name of a font's characters unlocked: unlocked once more, it is
    nonsense. The name of the encoding is no string and never locked (ISO 32000-1, 7.6.1).
    """
    name = getattr(getattr(font, "cmap", None), "attrs", {}).get("CMapName")
    if not isinstance(name, str):
        return ""
    for begins, collection in _COLLECTIONS:
        if name.startswith(begins) or (name in _JAPANESE and collection == "Adobe-Japan1"):
            try:
                return str(CMapDB.get_unicode_map(collection, font.is_vertical()).get_unichr(code))
            except (KeyError, CMapDB.CMapNotFound):
                return ""
    return ""
