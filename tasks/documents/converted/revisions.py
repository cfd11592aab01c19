"""Words of a .doc that a tracked change struck, and that the file made of it shows as if they stood."""

import re
import zipfile
from io import BytesIO

# [MS-DOC] 2.6.1: sprmCFRMarkDel that is on, then within the same properties who did it (sprmCIbstRMarkDel).
STRUCK_BY = re.compile(rb"\x00\x08\x01.{0,24}?\x63\x48", re.DOTALL)
STRIKES = re.compile(rb"<w:(?:del|moveFrom)[ />]")
SHOWN = "修订中删去的字可能当成了正文，请在 Word 里接受全部修订后再读"


def struck_as_text(old: bytes, word: bytes) -> str:
    """Return what to say where a .doc strikes words and the .docx made of it strikes none; LibreOffice
    forgets it of some.
    """
    if not STRUCK_BY.search(old):
        return ""
    with zipfile.ZipFile(BytesIO(word)) as archive:
        names = (name for name in archive.namelist() if name.startswith("word/"))
        told = any(STRIKES.search(archive.read(name)) for name in names if name.endswith(".xml"))
    return "" if told else SHOWN
