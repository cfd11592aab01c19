"""Which characters the bytes of an .rtf are: each font has a set of its own (RTF 1.9.1, \\fcharset)."""

import codecs
import re

from tasks.documents.decoding import likeness

# By \fcharset; those of symbols are drawings, no letters. 0 and what is unknown: as the file's head says.
SYMBOLS = 2
SETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_PAGES = {
    936: "gb18030",
    950: "cp950",
    932: "cp932",
    949: "cp949",
    65001: "utf-8",
    10000: "mac_roman",
}
_HEADS = {b"mac": "mac_roman", b"pca": "cp850", b"pc": "cp437"}
# Commands that stand for a character.
SIGNS = {
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•",
}  # fmt: skip
_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_HEAD = re.compile(rb"\\(mac|pca|pc)(?![a-z])")
_USUAL = re.compile(rb"\\deff(\d{1,5})")
_FONT = re.compile(rb"\\f(\d{1,5})((?:(?!\\f\d)[^{};]){0,200})")
_SET, _OWN = re.compile(rb"\\fcharset(\d{1,3})"), re.compile(rb"\\cpg(\d{1,5})")
CHINESE = 134
_NAMED = re.compile(rb"\\fcharset(?:128|129|130|134|136)(?!\d)|\\cpg9\d\d")
_LATIN = re.compile(rb"\\fcharset[01](?!\d)")
_USUAL_SET = re.compile(rb"\\fcharset1(?!\d)")
_RUN = re.compile(rb"(?:\\'[89a-fA-F][0-9a-fA-F]\\'[0-9a-fA-F]{2}){2,}")
LIKE_CHINESE = 0.02  # share of the commonest characters
MOST_LOOKED_AT = 1_000_000  # bytes
HEAD = 400  # bytes in which the head says how all is written
LONGEST_TABLE = 1_000_000  # bytes of the list of fonts


class CharacterSets:
    """The set of characters of each font, and of what is in none; None where they are drawings."""

    def __init__(self, content: bytes) -> None:
        """Take a whole .rtf."""
        head = content[:HEAD]
        page, old = _PAGE.search(head), _HEAD.search(head)
        self._usual = _page(int(page[1])) if page else _HEADS[old[1]] if old else "cp1252"
        usual = _USUAL.search(head)
        self.font = int(usual[1]) if usual else -1  # that of text without one
        self._sets: dict[int, str | None] = {}
        table = content.find(b"{\\fonttbl")
        for number, said in (
            _FONT.findall(content[table : table + LONGEST_TABLE]) if table >= 0 else ()
        ):
            own, named = _OWN.search(said), _SET.search(said)
            if own:
                self._sets.setdefault(int(number), _page(int(own[1])))
            elif named and (found := int(named[1])) != 1:
                self._sets.setdefault(int(number), None if found == SYMBOLS else SETS.get(found))

    def text(self, raw: bytes, font: int) -> str:
        """Return the letters that ``raw`` is in a font; none of a font of symbols."""
        encoding = self._sets.get(font, self._usual)
        return raw.decode(encoding, "replace") if encoding else ""


def with_known_sets(content: bytes) -> bytes:
    """Return an .rtf whose fonts all name a set of characters that LibreOffice reads as Word does.

    It takes a set that is called "the usual one" for UTF-8, and one that is not named for Latin. Where
    no font names a Chinese set, but the bytes are Chinese by themselves, they are that.
    """
    page = _PAGE.search(content[:HEAD])
    usual = next((key for key, name in SETS.items() if page and name == _page(int(page[1]))), 0)
    if not _NAMED.search(content) and usual in (0, CHINESE) and _is_chinese(content):
        content = _LATIN.sub(rb"\\fcharset%d" % CHINESE, content)
        if usual != CHINESE:
            head = _PAGE.sub(b"", content[:HEAD]).replace(
                b"{\\rtf1", b"{\\rtf1\\ansi\\ansicpg936", 1
            )
            content = head + content[HEAD:]
        usual = CHINESE
    return _USUAL_SET.sub(rb"\\fcharset%d" % usual, content)


def _is_chinese(content: bytes) -> bool:
    found = b"".join(each for each in _RUN.findall(content[:MOST_LOOKED_AT]))
    raw = bytes.fromhex(found.replace(b"\\'", b"").decode())
    try:
        return likeness(raw.decode("gb18030")) > LIKE_CHINESE
    except UnicodeDecodeError:
        return False


def _page(number: int) -> str:
    """Return the name of a page of code, cp1252 for one that nobody knows."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
