"""The day a picture was taken, as its camera wrote it, or made, as a program did; where it was taken is not kept."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any

from PIL import Image

EXIF_IFD, ORIGINAL, DIGITIZED = 0x8769, 0x9003, 0x9004
EARLIEST = 2001  # clocks that were never set, or lost their battery, start in 1970, 1980 or 2000
CHINA_TIME = timezone(timedelta(hours=8))
LARGEST_XMP = 1_000_000  # bytes that are looked at
HEAD = 2_000_000  # bytes of a .heic in which its EXIF is looked for
_TAKEN = re.compile(
    rb"""(?:exif:DateTimeOriginal|photoshop:DateCreated)\s*(?:>|=\s*["'])\s*([0-9T:.Z+-]{10,40})"""
)
_MADE = re.compile(
    rb"""(?:exif:DateTimeDigitized|xmp:CreateDate)\s*(?:>|=\s*["'])\s*([0-9T:.Z+-]{10,40})"""
)
# What programs write beside the dots of a PNG (PNG 3, 11.3.3.2); date:create is the file's own, of no use.
_PNG_WORDS = ("Creation Time", "creation time", "CreationTime", "Date")


@dataclass(frozen=True, slots=True)
class PictureDays:
    """The day a camera wrote, and the one that a program did; in the camera's own time, or else in China's."""

    taken_on: date | None = None
    made_on: date | None = None


def days_of_picture(opened: Image.Image, exif: Image.Exif) -> PictureDays:
    """Return the days that an opened picture names in its EXIF, XMP or PNG's words; none of its last saving."""
    xmp = _xmp(opened)
    taken = taken_day(exif) or _in_xmp(_TAKEN, xmp)
    made = exif_day(exif, DIGITIZED) or _in_xmp(_MADE, xmp) or _in_words(opened)
    return PictureDays(taken, made)


def taken_day(exif: Image.Exif) -> date | None:
    """Return the day of DateTimeOriginal, in the camera's local time; None where it says nothing.

    Only this tag: DateTime is when it was last saved. A clock that was reset counts from the first
    hour of a year.
    """
    return exif_day(exif, ORIGINAL)


def exif_day(exif: Image.Exif, tag: int) -> date | None:
    """Return the day that a tag of EXIF (2.3, 4.6.5) names; None where it says nothing."""
    try:
        said = exif.get_ifd(EXIF_IFD).get(tag)
        when = datetime.strptime(str(said).strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except Exception:  # broken tags raise whatever they like
        return None
    return _meant(when)


def heic_taken_day(content: bytes) -> date | None:
    """Return the day of a .heic, whose dots nobody decodes here, by the EXIF in it (ISO/IEC 23008-12, A.2)."""
    for sign in (b"Exif\0\0MM\0*", b"Exif\0\0II*\0", b"MM\0*\0\0\0\x08", b"II*\0\x08\0\0\0"):
        at = content.find(sign, 0, HEAD)
        if at >= 0:
            exif = Image.Exif()
            with suppress(Exception):  # broken tags raise whatever they like
                begin = content[at : at + 65_536]
                exif.load(begin if begin.startswith(b"Exif") else b"Exif\0\0" + begin)
            if day := taken_day(exif):
                return day
    return None


def _meant(when: datetime) -> date | None:
    reset = (when.month, when.day, when.hour) == (1, 1, 0)
    return None if when.year < EARLIEST or reset else when.date()


def _xmp(opened: Image.Image) -> bytes:
    said: Any = opened.info.get("xmp") or opened.info.get("XML:com.adobe.xmp") or b""
    return said[:LARGEST_XMP] if isinstance(said, bytes) else str(said)[:LARGEST_XMP].encode()


def _in_xmp(pattern: re.Pattern[bytes], xmp: bytes) -> date | None:
    """Return the day in XMP (part 1, 8.2.1.1), with a zone as the day it was in China."""
    if found := pattern.search(xmp):
        with suppress(ValueError):
            return _in_china(datetime.fromisoformat(found[1].decode("ascii")))
    return None


def _in_words(opened: Image.Image) -> date | None:
    words = getattr(opened, "text", None) if opened.format == "PNG" else None
    for key in _PNG_WORDS:
        said = str((words or {}).get(key) or "").strip()[:60]
        for read in (parsedate_to_datetime, datetime.fromisoformat, _with_colons):
            with suppress(ValueError, TypeError, IndexError, OverflowError):
                return _in_china(read(said))
    return None


def _with_colons(text: str) -> datetime:
    return datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007


def _in_china(when: datetime) -> date | None:
    return _meant(when if when.tzinfo is None else when.astimezone(CHINA_TIME))
