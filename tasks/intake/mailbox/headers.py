"""Words and parameters of a mail's header as Chinese clients write them, read from its raw bytes.

Needed because a parser loses what they get wrong: a name in raw GBK, words of GBK labelled gb2312
(Foxmail), a character cut in two by the border of two encoded words, RFC 2231 in gb18030, a ``\\`` that is
the second byte of a GBK letter. Imports nothing of ours: it runs in the guarded child.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from email.utils import mktime_tz, parsedate_tz
from urllib.parse import unquote_to_bytes

LONGEST = 20_000  # characters of one header
LONGEST_NAME = 150  # characters of a file's name
CHINA = 8 * 3600  # seconds; "CST" is China's to a Chinese system and Chicago's to Python
_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(=\?)")
_PARAMETER = re.compile(r';\s*([^\s=;"]{1,60})\s*=\s*("(?:\\.|[^"\\])*"?|[^;]*)', re.S)
_PIECE = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")
_ADDRESS = re.compile(
    r"[^\s<>()\[\],;:\"\\@]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?"
)
_ZONE = re.compile(r"\d:\d\d(?::\d\d)?\s*([+-]\d{4}|[A-Za-z]{1,5})")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")  # fmt: skip


def raw_of(value: str) -> bytes:
    """Return the bytes of a header as they came, of what the parser (compat32) made of them."""
    return str(value)[:LONGEST].encode("ascii", "surrogateescape")


def text_of_bytes(raw: bytes, charset: str = "") -> str:
    """Return ``raw`` as text: in ``charset``, where gb2312 and gbk are gb18030; else UTF-8, else gb18030."""
    named = charset.strip().strip("\"'").lower()
    if named.replace("_", "-") in ("gb2312", "gbk", "cp936", "x-gbk", "gb-2312", "euc-cn"):
        named = "gb18030"
    for encoding in (named, "utf-8", "gb18030"):
        if encoding in ("", "unknown-8bit", "us-ascii", "default"):
            continue
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return raw.decode("gb18030", "replace")


def words_of_header(value: str) -> str:
    """Return a header as text in one line: encoded words, raw Chinese bytes, or plain."""
    text = _BETWEEN.sub(r"\1\2", text_of_bytes(raw_of(value)))
    return one_line("".join(_decoded(text)))


def one_line(text: str) -> str:
    """Return ``text`` without anything that does not print, in one line."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def parameters_of(value: str) -> tuple[str, dict[str, str]]:
    """Return the first word of a Content-* header in small letters, and its parameters by name."""
    text = text_of_bytes(raw_of(value)).replace("\r", " ").replace("\n", " ")
    first, _, _ = text.partition(";")
    found: dict[str, list[tuple[int, bool, str]]] = {}
    for name, said in _PARAMETER.findall(text):
        piece = _PIECE.fullmatch(name.lower())
        if piece:
            number = int(piece[2] or 0)
            found.setdefault(piece[1], []).append((number, bool(piece[3]), _unquoted(said)))
    return one_line(first).lower(), {name: _joined(pieces) for name, pieces in found.items()}


def mail_file_name(text: str) -> str:
    """Return a name that a mail gives a file as a plain one: no folder, nothing unprintable, not too long."""
    name = one_line(text).replace("\\", "/").rpartition("/")[2].strip(" .")
    if len(name) > LONGEST_NAME:
        stem, dot, suffix = name.rpartition(".")
        behind = dot + suffix if dot and len(suffix) < 10 else ""
        name = (stem if behind else name)[: LONGEST_NAME - len(behind) - 1] + "…" + behind
    return name


def address_of_header(value: str) -> str:
    """Return the mail address in a header in small letters; "" where there is none that could be written to."""
    text = text_of_bytes(raw_of(value))
    in_brackets = re.findall(r"<\s*([^<>]{3,320}?)\s*>", text)
    for one in (*in_brackets, *_ADDRESS.findall(_WORD.sub(" ", text))):
        if _ADDRESS.fullmatch(one) and one.isascii():
            return one.lower()
    return ""


def moment_of_header(value: str) -> int | None:
    """Return the instant of a Date header in seconds since 1970; None where it says none.

    ``-0000`` is UTC of an unknown zone; no zone, and CST, are China's time.
    """
    text = words_of_header(value)
    if not text:
        return None
    try:
        found = parsedate_tz(text)
        if found is None:
            return None
        zone = _ZONE.search(re.sub(r"\(.*?\)", "", text))
        china = zone is None or zone[1].upper().startswith("CST")
        offset = CHINA if china else found[9] or 0
        seconds = mktime_tz((*found[:9], offset))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return int(seconds) if 946_684_800 <= seconds < 4_102_444_800 else None  # 2000 to 2100


def _decoded(text: str) -> Iterator[str]:
    """Yield the pieces of ``text``; neighbouring words of one charset are put together before they are read."""
    end, waiting, charset = 0, b"", ""
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        named = word[1].partition("*")[0].lower()
        if between or named != charset:
            yield text_of_bytes(waiting, charset)
            yield between
            waiting, charset = b"", named
        waiting += _bytes_of_word(word[2].lower(), word[3])
        end = word.end()
    yield text_of_bytes(waiting, charset)
    yield text[end:]


def _bytes_of_word(how: str, said: str) -> bytes:
    if how == "q":
        return unquote_to_bytes(
            re.sub(r"=([0-9A-Fa-f]{2})", r"%\1", said.replace("%", "%25").replace("_", " "))
        )
    plain = re.sub(r"[^A-Za-z0-9+/]", "", said)
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return base64.b64decode(plain[: len(plain) // 4 * 4])


def _unquoted(said: str) -> str:
    said = said.strip()
    if said.startswith('"'):
        return re.sub(r"\\(.)", r"\1", said[1:].removesuffix('"'), flags=re.S)
    return said


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """Return a parameter of one or many pieces (RFC 2231), as words of a header where it is no such."""
    if not any(coded for _, coded, _ in pieces):
        text = "".join(said for _, _, said in sorted(pieces, key=lambda one: one[0]))
        words = "".join(_decoded(_BETWEEN.sub(r"\1\2", text)))
        return one_line(_from_percents(words))
    coded_alone = [one for one in pieces if one[1]] if len({n for n, *_ in pieces}) == 1 else pieces
    charset, raw = "", b""
    for place, (_, coded, said) in enumerate(sorted(coded_alone, key=lambda one: one[0])):
        if coded and place == 0 and said.count("'") >= 2:
            charset, _, rest = said.partition("'")
            said = rest.partition("'")[2]
        raw += unquote_to_bytes(said) if coded else said.encode("utf-8", "replace")
    return one_line(text_of_bytes(raw, charset))


def _from_percents(text: str) -> str:
    """Return a name that a web mailer wrote as in an address (%E5%8F%B0); any other as it is."""
    if re.search(r"%[0-9A-Fa-f]{2}", text) and text.isascii():
        raw = unquote_to_bytes(text)
        if not raw.isascii():
            try:
                return raw.decode("utf-8")
            except UnicodeDecodeError:
                return text
    return text
