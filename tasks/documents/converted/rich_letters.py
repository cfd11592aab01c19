"""The letters of an .rtf, straight from its groups and words: counted apart from whoever converts it.

RTF 1.9.1: text is what stands outside of groups that only describe.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from models.plan.reading.text.document import MISSING
from tasks.documents.converted.rich_sets import SIGNS, CharacterSets
from tasks.documents.pages import COMMENT, HEADER, HIDDEN, STRUCK

# A group's start or end, a word of command, a byte, another sign, or plain characters.
TOKEN = re.compile(
    rb"([{}])|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([^\\{}\r\n]+)"
)
DEEPEST = 1000
# Groups that hold no text, besides those that begin with \*.
SILENT = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl generator info pict xmlnstbl "
    b"filetbl themedata colorschememapping latentstyles datastore datafield fldinst pntxta pntxtb bkmkstart "
    b"bkmkend atnid atnauthor atndate atnref atrfstart atrfend atnparent atntime objname objclass objdata sp "
    b"panose falt pgptbl userprops docvar template nonshppict blipuid listname leveltext levelnumbers ftnsep "
    b"ftnsepc ftncn aftnsep aftnsepc aftncn xe tc rxe bxe txe tcn nonesttables shprslt upr".split()
)  # fmt: skip
# Those that do, though \* stands before them; \ud is the half of \upr that is read.
KNOWN = frozenset(b"shpinst shptxt annotation footnote do dptxbxtext ud moMathPara moMath".split())
NUMBERS = frozenset(b"listtext pntext".split())
WHY = {b"annotation": COMMENT} | dict.fromkeys(
    b"header headerl headerr headerf footer footerl footerr footerf".split(), HEADER
)
ENDS = frozenset(b"par cell row line sect page column tab nestcell nestrow softline".split())
OF_RUNS = {b"v": HIDDEN, b"deleted": STRUCK}
PRIVATE = range(0xE000, 0xF900)  # drawings of fonts of symbols


class RichLine(NamedTuple):
    """A piece of text, why it may be missing, and the automatic number that its paper shows before it."""

    why: str
    text: str
    number: str = ""


class _Group:
    """What holds within one group: whether it speaks, why not all of it may, and how it is written."""

    __slots__ = ("begun", "either", "font", "marked", "numbers", "off", "silent", "uc", "why")

    def __init__(self, above: "_Group | None" = None, font: int = -1) -> None:
        self.silent: bool = above.silent if above else False
        self.either: bool = above.either if above else False  # in \upr, before \ud
        self.numbers: bool = above.numbers if above else False
        self.why: str = above.why if above else MISSING
        self.off: frozenset[str] = above.off if above else frozenset()
        self.font: int = above.font if above else font
        self.uc: int = above.uc if above else 1
        self.begun = self.marked = False  # something stands in it; \* before its first word

    @property
    def reason(self) -> str:
        """Return why what stands here may be missing."""
        return self.why if self.why != MISSING or not self.off else min(self.off)

    def obey(self, word: bytes, number: bytes | None, usual: int) -> None:
        """Let a word of command change what holds."""
        if word == b"f" and number:
            self.font = int(number)
        elif word == b"plain":
            self.font, self.off = usual, frozenset()
        elif word == b"uc":
            self.uc = max(0, min(int(number or 1), 9))
        elif word in OF_RUNS:
            self.off = self.off - {OF_RUNS[word]} if number == b"0" else self.off | {OF_RUNS[word]}
        elif word == b"ud" and self.either:
            self.silent = self.either = False
        elif word in NUMBERS:
            self.numbers = True
        elif self.marked and word not in KNOWN or word in SILENT or _describes(word):
            self.either = word == b"upr" and not self.silent
            self.silent = True
        elif word in WHY:
            self.why = WHY[word]
        self.marked = False


def _describes(word: bytes) -> bool:
    """Say whether a group holds properties of a formula."""
    return word.startswith(b"m") and word.endswith(b"Pr")


class _Pieces:
    """Text as it comes, put together to lines."""

    def __init__(self, content: bytes) -> None:
        self.sets = CharacterSets(content)
        self._raw, self._words, self._number = bytearray(), list[str](), list[str]()
        self._why = MISSING

    def bytes_of(self, raw: bytes) -> None:
        self._raw += raw

    def say(self, text: str, group: _Group) -> None:
        """Add letters, those of a number apart."""
        if not group.silent:
            (self._number if group.numbers else self._words).append(text)

    def settle(self, group: _Group) -> None:
        """Turn the bytes so far, which stand in ``group``, into letters."""
        if self._raw:
            self.say(self.sets.text(bytes(self._raw), group.font), group)
            self._raw.clear()

    def line(self, why: str) -> Iterator[RichLine]:
        """Yield what was said so far, which is called ``why``."""
        if self._words:
            number = _joined(self._number) if why == MISSING else ""
            yield RichLine(why, _joined(self._words), number)
            self._words.clear()
            self._number = [] if why == MISSING else self._number


def _joined(words: list[str]) -> str:
    """Return the text; of a letter in two halves, as \\u writes the rarest, one is made."""
    return "".join(words).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def rich_lines(content: bytes) -> Iterator[RichLine]:
    """Yield the pieces of text of an .rtf in order. Raises ValueError for groups too deep."""
    said = _Pieces(content)
    usual = said.sets.font
    groups = [_Group(font=usual)]
    at = skip = 0
    while found := TOKEN.search(content, at):
        at = found.end()
        brace, word, number, byte, sign, plain = found.groups()
        here = groups[-1]
        before = here.reason
        if brace:
            said.settle(here)
            skip = 0
            if brace == b"{":
                if len(groups) > DEEPEST:
                    raise ValueError("too many groups")
                groups.append(_Group(here))
                continue
            groups.pop()
            if len(groups) <= 1:
                yield from said.line(before)
                return
        elif word == b"bin":
            at += max(0, int(number or 0))
        elif word == b"u" and number:
            said.settle(here)
            skip, letter = here.uc, int(number) % 0x10000
            if letter not in PRIVATE:
                said.say(chr(letter), here)
        elif word:
            said.settle(here)
            if word in SIGNS:
                said.say(SIGNS[word], here)
            elif word in ENDS:
                if not here.numbers and not here.silent:
                    yield from said.line(before)
            else:
                here.obey(word, number, usual)
        elif sign == b"*":
            here.marked = not here.begun
        elif not here.silent:
            letters = bytes.fromhex(byte.decode()) if byte else plain or _sign(sign)
            gone = min(skip, len(letters))
            skip -= gone
            said.bytes_of(letters[gone:])
        here.begun = True
        if groups[-1].reason != before:
            yield from said.line(before)
    said.settle(groups[-1])
    yield from said.line(groups[-1].reason)


def _sign(sign: bytes) -> bytes:
    return sign if sign in (b"\\", b"{", b"}") else b""
