"""What a cell means, whoever typed it: text, a name, a list, a day, a number, yes or no."""

import datetime as dt
import re
import zlib
from functools import lru_cache

from models.rules.bounds import LARGEST_AMOUNT, LAST_DAY, day_fault, number_fault
from models.rules.calendar.days import half_width, read_day
from models.rules.text import squeeze

UNSEEN = dict.fromkeys((0xA0, 0x2007, 0x202F), " ") | dict.fromkeys((0x200B, 0x200D, 0xFEFF), "")
SEPARATORS = re.compile("[,;\n\u3001\uff0c\uff1b]")  # the last three are those of Chinese
MIDNIGHT = re.compile(
    "(?<=[0-9日])(?:[ T]0?0:00(?::00)?)$"
)  # with the hour that a copied cell shows
EPOCH = dt.date(1899, 12, 30)  # Excel's day 0, its 29 February 1900 allowed for
SERIALS = range(20_000, (LAST_DAY - EPOCH).days + 1)  # from 1954 on; a number outside is no day
LONGEST_DAY = 40  # characters
LONGEST_CELL = 32_000  # characters; one of more than 32,767 is left empty and nobody told
SAME = 1024  # texts of which something is remembered: sixty ledgers repeat the same indicators
YES_NO = ("是", "否")
YES = {"是", "y", "yes", "true", "1", "√", "✓"}
NO = {"", "否", "n", "no", "false", "0", "×"}


class CellError(ValueError):
    """What a cell says cannot be taken for a reason of its own; the message says it whole."""


def as_text(cell: object) -> str:
    """Return a cell as the text a reader sees, without the blanks around it and unseen characters."""
    if cell == "" or cell is None:
        return ""
    if isinstance(cell, str):
        if cell.isprintable():  # nearly every cell; what is replaced below is not
            return cell.strip()
        return cell.replace("\r\n", "\n").translate(UNSEEN).strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(cell)


@lru_cache(SAME, typed=True)
def as_name(cell: object) -> str:
    """Return the name of a unit, group or column: no white space but between words of letters."""
    return squeeze(as_text(cell))


def without_blanks(cell: object) -> str:
    """Return a cell's text without any white space, to compare it."""
    if isinstance(cell, str) and cell.isprintable():
        return "".join(cell.split())  # nearly every cell
    return "".join(as_text(cell).split())


@lru_cache(SAME, typed=True)
def mark_of(cell: object) -> str:
    """Return the mark of a cell's text, by which another text is noticed whatever became of its blanks."""
    return f"{zlib.crc32(without_blanks(cell).encode()):08x}"


@lru_cache(SAME, typed=True)
def as_code(cell: object) -> str:
    """Return a code as it is compared: half width, capitals, no white space."""
    return half_width(without_blanks(cell)).upper()


def as_names(cell: object) -> list[str]:
    """Return the names listed in a cell, each once; split at 、 , ; and line breaks."""
    names = (as_name(name) for name in SEPARATORS.split(as_text(cell)))
    return list(dict.fromkeys(name for name in names if name))


def as_day(cell: object) -> dt.date | None:
    """Return the day in a cell, None for an empty one.

    Takes Excel's own days and serial numbers, 2025-07-01, 2025/7/1, 2025.7.1, 2025年7月1日 and
    20250701, in full width too. Raises ValueError for anything else, and for a day that cannot be
    one of a campaign.
    """
    day = _day_of(cell)
    if day and (fault := day_fault(day)):
        raise ValueError(fault)
    return day


def _day_of(cell: object) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = half_width(as_text(cell)) if not isinstance(cell, bool) else "?"
    if not text:
        return None
    if len(text) > LONGEST_DAY:
        raise ValueError("no day")
    if re.fullmatch("[0-9]{5}", text) and int(text) in SERIALS:
        return EPOCH + dt.timedelta(days=int(text))
    if isinstance(cell, float) and int(cell) in SERIALS:
        return EPOCH + dt.timedelta(days=int(cell))  # a day with an hour
    return read_day("".join(MIDNIGHT.sub("", text).split(" ")))


def as_number(cell: object) -> float | None:
    """Return the number in a cell, None for an empty one; 95% is 95.

    Raises ValueError for anything else, CellError for a number larger than the tables hold.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _held(float(cell))
    text = half_width(without_blanks(cell)).replace(",", "").removesuffix("%")
    if not text:
        return None
    if not re.fullmatch("[-+]?[0-9]+([.][0-9]+)?", text):
        raise ValueError(text)
    return _held(float(text))


def _held(number: float) -> float:
    if fault := number_fault(number, -LARGEST_AMOUNT, LARGEST_AMOUNT):
        raise CellError(fault)
    return number


def as_yes(cell: object) -> bool:
    """Return whether a cell says 是; an empty one says 否. Raises ValueError for anything else."""
    text = half_width(without_blanks(cell)).lower()
    if text not in YES | NO:
        raise ValueError(text)
    return text in YES
