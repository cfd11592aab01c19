"""Numbers of .rtf: what stands before and behind them, as the paper shows it and not as the list says it.

LibreOffice writes the text of a level in one byte a character, so that 一、 becomes 一? and （一） becomes
(一); beside each paragraph it writes the number as it is shown (RTF 1.9.1, \\listtext), and that is right.
"""

import re
from collections.abc import Iterator

# A level's text, or the number of the list whose levels came before.
LEVEL = re.compile(
    rb"\{\\leveltext(?:\\leveltemplateid-?\d{1,12})? ?([^{};]{1,200});\}|\\listid(-?\d{1,12})\}"
)
LIST = re.compile(rb"\\listoverride\\listid(-?\d{1,12})[^\n]{0,400}?\\ls(\d{1,6})")
SHOWN = re.compile(rb"\{\\listtext([^{}]{1,400})\}([^{}]{0,400})")
OF_LIST, OF_LEVEL = re.compile(rb"\\ls(\d{1,6})"), re.compile(rb"\\ilvl(\d)")
LETTER = re.compile(
    rb"\\u(-?\d{1,6}) ?(?:\\'[0-9a-fA-F]{2}|\?)?|\\'([0-9a-fA-F]{2})|\\[a-z]{1,32}-?\d{0,10} ?|([^\\\r\n])"
)
LAST_PLACE = 8  # characters up to this one stand for numbers of levels
ASCII, BLANK = 0x80, 0x20


def with_shown_numbers(content: bytes) -> bytes:
    """Return an .rtf whose levels say what its numbered paragraphs show, with an empty one at its end.

    LibreOffice takes the very last paragraph for one of the first level, whatever it is.
    """
    table, last = content.find(b"\\listtable"), content.rfind(b"}")
    if table < 0 or last < table:
        return content
    content = content[:last] + b"\\pard\\plain\\par" + content[last:]
    shown = dict(_shown(content))
    made, end = [content[:table]], table
    for span, text in _levels(content, table, shown):
        made += [content[end : span[0]], text]
        end = span[1]
    return b"".join([*made, content[end:]])


def _shown(content: bytes) -> Iterator[tuple[tuple[bytes, int], list[int]]]:
    """Yield list and level of each numbered paragraph, and the letters of its number."""
    lists = {number: each for each, number in LIST.findall(content)}
    for text, after in SHOWN.findall(content):
        its, level = OF_LIST.search(after), OF_LEVEL.search(after)
        if its and its[1] in lists:
            letters = [each for each in _letters(text) if each != ord("\t")]
            yield (lists[its[1]], int(level[1]) if level else 0), letters


def _levels(
    content: bytes, at: int, shown: dict[tuple[bytes, int], list[int]]
) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield place and new text of each level that says something else than what is shown."""
    waiting: list[re.Match[bytes]] = []
    for found in LEVEL.finditer(content, at):
        if found[2] is None:
            waiting.append(found)
            continue
        for level, each in enumerate(waiting):
            if number := shown.get((found[2], level)):
                text = _as_shown(each[1], number)
                if text != each[1]:
                    yield each.span(1), text
        waiting = []


def _as_shown(text: bytes, number: list[int]) -> bytes:
    """Return a level's text with what stands around its numbers taken from ``number``."""
    length, *letters = _letters(text) or [0]
    places = [at for at, letter in enumerate(letters) if letter <= LAST_PLACE]
    fits = length == len(letters) <= len(number) and all(each < ASCII for each in letters)
    if not places or not fits:
        return text
    if letters[0] != BLANK:  # some write two behind the last command
        number = number[next((at for at, each in enumerate(number) if each != BLANK), 0) :]
    before, behind = places[0], len(letters) - 1 - places[-1]
    around = [*number[:before], *letters[before : places[-1] + 1], *number[len(number) - behind :]]
    # A number of the level in plain digits is nothing that went astray.
    kept = [new if new >= ASCII else own for new, own in zip(around, letters, strict=False)]
    if kept == letters:
        return text
    return _written(length) + b"".join(map(_written, kept))


def _letters(text: bytes) -> list[int]:
    """Return the characters of a piece of .rtf; of those in another set of characters the bytes."""
    found = []
    for unicode, byte, plain in LETTER.findall(text):
        if unicode:
            found.append(int(unicode) % 0x10000)
        elif byte:
            found.append(int(byte, 16))
        elif plain:
            found.append(plain[0])
    return found


def _written(letter: int) -> bytes:
    signed = letter - 0x10000 if letter >= 0x8000 else letter
    return b"\\'%02x" % letter if letter < ASCII else b"\\u%d\\'3f" % signed
