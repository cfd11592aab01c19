"""Text out of bytes: UTF-8, UTF-16, GB18030 or Big5, whichever it is."""

import codecs
import re
from collections.abc import Sequence

from models.plan.reading.text.marks import BROKEN
from tasks.documents.faults import DocumentError

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs")
# What browsers read these names as (WHATWG Encoding 4.2): a file that calls itself GB2312 may hold any
# character of the larger sets, which read the smaller alike.
MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
    "us-ascii": "utf-8",
}
SHORT = 300  # bytes in which the commonest characters may all be missing
NATIONAL = re.compile(
    r"[\x09-\x7e\u2014-\u2026\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]+"
)  # of a Chinese text
COMMON = re.compile(r"[的一是在了不和有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主]")


def decode(raw: bytes, said: Sequence[str] = ()) -> str:
    """Return the text of ``raw``; raises DocumentError, in words behind a file's name, when it is none.

    A byte order mark decides; else UTF-8 (a character cut off at the end is dropped); the first encoding
    that the text itself has ``said`` and that reads like Chinese without a broken byte; UTF-16 by its zero
    bytes, GB18030, Big5, whichever reads most like Chinese; and last what charset-normalizer thinks. Where a
    byte is broken stands `BROKEN`: one of them must not make a page unreadable.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    try:
        return codecs.getincrementaldecoder("utf-8")("strict").decode(raw, final=False)
    except UnicodeDecodeError:
        pass
    named = [text for name in said if (text := _as_said(raw, name)) is not None]
    whole = [text for text in named if BROKEN not in text]
    if sure := next((text for text in whole if likeness(text) > 0), ""):
        return sure
    best = max((*named, *(_decoded(raw, encoding) for encoding in ENCODINGS)), key=likeness)
    if likeness(best) > 0:
        return best
    if whole:
        return whole[0]
    national = _decoded(raw, "gb18030")
    short = len(raw) < SHORT and NATIONAL.fullmatch(national)
    return national if short else _guess(raw)


def _decoded(raw: bytes, encoding: str) -> str:
    even = raw[: len(raw) // 2 * 2] if encoding.startswith("utf-16") else raw
    return codecs.getincrementaldecoder(encoding)("replace").decode(even, final=False)


def _as_said(raw: bytes, name: str) -> str | None:
    """Return ``raw`` in an encoding by its name, None where it is no encoding of text."""
    try:
        return raw.decode(MEANT.get(name, name), errors="replace")
    except (LookupError, ValueError):
        return None


def likeness(text: str) -> float:
    """Return the share of the commonest Chinese characters: what a wrong decoding has none of.

    Broken bytes count against it; where they are more, it is another encoding.
    """
    sample = text[:20_000]
    return (len(COMMON.findall(sample)) - 2 * sample.count(BROKEN)) / max(1, len(sample))


def _guess(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:200_000]).best()
    if best is None:
        raise DocumentError("的文字编码认不出来，请另存为 UTF-8 文本后再试")
    return raw.decode(best.encoding, errors="replace")
