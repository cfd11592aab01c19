"""The words of a workbook as they are seen from outside: a cheap look, of bounded size, before it is opened."""

import zipfile
from dataclasses import dataclass
from html import unescape
from io import BytesIO

from tasks.guarded.archives import BROKEN
from tasks.guarded.compound import SIGNATURE

LOOKED_AT = 8_000_000  # bytes of a part
_WORDS = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")  # where the words of a workbook stand


@dataclass(frozen=True, slots=True)
class WordsOutside:
    """A workbook from outside: its words part by part, and the part that names its sheets.

    Nothing of a file that is no workbook. Of an .ods there is its one part, of an old .xls its bytes.
    """

    words: tuple[str, ...] = ()
    sheets: str = ""
    ods: str = ""
    old: bytes = b""

    def says(self, text: str) -> bool:
        """Say whether ``text`` stands somewhere in it."""
        if self.old:
            return text.encode() in self.old or text.encode("utf-16-le") in self.old
        return any(text in part for part in (*self.words, self.ods))

    def has_sheets(self, *names: str) -> bool:
        """Say whether it has sheets of all these names."""
        return all(f'name="{name}"' in self.sheets for name in names)


def words_outside(content: bytes) -> WordsOutside:
    """Return what is seen of ``content`` from outside; nothing of what cannot be opened."""
    if content.startswith(SIGNATURE):
        return WordsOutside(old=content)
    if not content.startswith(b"PK"):
        return WordsOutside()
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            words = tuple(_head(parts, name) for name in _WORDS)
            return WordsOutside(words, _head(parts, "xl/workbook.xml"), _head(parts, "content.xml"))
    except BROKEN:
        return WordsOutside()


def _head(parts: zipfile.ZipFile, name: str) -> str:
    if name not in parts.namelist():
        return ""
    with parts.open(name) as part:
        return unescape(part.read(LOOKED_AT).decode("utf-8", "replace"))
