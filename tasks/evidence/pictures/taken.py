"""The day a photograph was taken, as its camera wrote it."""

from datetime import date, datetime

from PIL import Image

EXIF_IFD, ORIGINAL = 0x8769, 0x9003
EARLIEST = 2001  # clocks that were never set, or lost their battery, start in 1970, 1980 or 2000


def taken_day(exif: Image.Exif) -> date | None:
    """Return the day of DateTimeOriginal, in the camera's local time; None where it says nothing.

    Only this tag: DateTime is when it was last saved. A clock that was reset counts from the first
    hour of a year.
    """
    try:
        said = exif.get_ifd(EXIF_IFD).get(ORIGINAL)
        when = datetime.strptime(str(said).strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except Exception:  # broken tags raise whatever they like
        return None
    reset = (when.month, when.day, when.hour) == (1, 1, 0)
    return None if when.year < EARLIEST or reset else when.date()
