"""Days that files carry of themselves: properties of office files, dates of PDF; what a template was born with is none."""

import re
import struct
from datetime import UTC, datetime, timedelta, timezone

CHINA = timezone(
    timedelta(hours=8)
)  # all of China has one time (国务院 1949): what office files name is UTC
# Instants that programs write into every file they make out of their own template, in UTC.
BORN = frozenset(
    (
        "2013-12-23T23:15:00",  # python-docx
        "2013-01-27T09:14:16",  # python-pptx
        "2006-09-16T00:00:00",  # Excel 2007 to 2013
        "2006-09-13T11:21:51",  # Excel in Chinese
        "2006-09-13T11:21:00",
        "2015-06-05T18:19:34",  # Excel 2016
        "2015-06-05T18:17:20",
        "1996-12-17T01:32:42",  # Excel 97 in Chinese
        "2014-10-29T12:08:00",  # WPS, text
        "2023-05-12T11:15:00",  # WPS, tables
        "2010-01-01T00:00:00",  # exporters that write a constant
        "2000-01-01T00:00:00",
        "1970-01-01T00:00:00",
        "1980-01-01T00:00:00",
        "1601-01-01T00:00:00",
        "1899-12-30T00:00:00",
    )
)
EARLIEST = 1990
_WRITTEN = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?"
)
_OF_XMP = re.compile(rb"""xmp:CreateDate\s*(?:>|=\s*["'])\s*([0-9T:.Z+-]{10,40})""")
_OF_PDF = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?(\d{2})?(Z|[+-]\d{2}'?\d{0,2})?")
_SINCE_1601 = datetime(1601, 1, 1, tzinfo=UTC)


def written_day(text: str) -> datetime | None:
    """Return the instant that an office file names (W3CDTF), where it means something; UTC without a zone."""
    found = _WRITTEN.search(text)
    return _instant(found, UTC) if found else None


def ofd_day(text: str) -> datetime | None:
    """Return the instant that an OFD names (GB/T 33190); without a zone it is taken as of here."""
    found = _WRITTEN.search(text.replace(" ", "T"))
    return _instant(found, CHINA) if found else None


def xmp_day(content: bytes) -> datetime | None:
    """Return the instant that a PDF's XMP names (XMP 1, 8.4); without a zone it is taken as of here."""
    found = _OF_XMP.search(content)
    when = _WRITTEN.search(found[1].decode("ascii", "replace")) if found else None
    return _instant(when, CHINA) if when else None


def pdf_day(text: str) -> datetime | None:
    """Return the instant that a PDF names (ISO 32000-1, 7.9.4); without a zone it is taken as of here."""
    found = _OF_PDF.match(text.strip())
    return _instant(found, CHINA) if found else None


def _instant(found: re.Match[str], otherwise: timezone) -> datetime | None:
    *numbers, zone = found.groups()
    try:
        year, month, day, hour, minute, second = (int(n or 0) for n in numbers)
        when = datetime(
            year, month, day, hour, minute, min(second, 59), tzinfo=_zone(zone, otherwise)
        )
        return real_instant(when)
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None, otherwise: timezone) -> timezone:
    if not text:
        return otherwise
    digits = re.sub("[^0-9]", "", text).ljust(4, "0")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return timezone(-shift if text.startswith("-") else shift)


def real_instant(when: datetime) -> datetime | None:
    """Return ``when`` where it tells of the file: no template's own instant, no zero of a clock."""
    plain = when.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat()
    local = when.replace(tzinfo=None, microsecond=0).isoformat()
    return None if {plain, local} & BORN or when.year < EARLIEST else when


def summary_days(stream: bytes) -> tuple[datetime | None, datetime | None]:
    """Return when an old office file was made and last saved, from its SummaryInformation ([MS-OLEPS] 2.20)."""
    made = saved = None
    try:
        (start,) = struct.unpack_from("<I", stream, 44)
        _, count = struct.unpack_from("<II", stream, start)
        for number in range(min(count, 100)):
            key, place = struct.unpack_from("<II", stream, start + 8 + 8 * number)
            if key not in (12, 13):
                continue
            kind, ticks = struct.unpack_from("<IQ", stream, start + place)
            if kind == 0x40 and ticks:
                when = real_instant(_SINCE_1601 + timedelta(microseconds=ticks // 10))
                made, saved = (when, saved) if key == 12 else (made, when)
    except (struct.error, OverflowError):
        return made, saved
    return made, saved
